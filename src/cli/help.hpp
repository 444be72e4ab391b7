// How --help looks: columns by display width, words in the reader's language, wrapped for 80 columns.
#pragma once

#include <CLI/App.hpp>

#include <memory>
#include <string>

namespace genchi::cli {

/// The layout of every help page.
std::shared_ptr<CLI::FormatterBase> help_layout();

/// CLI11's curt complaint as a sentence that names what was typed, with what is possible.
std::string usage_complaint(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv);

}  // namespace genchi::cli
