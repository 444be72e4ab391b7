#include "cli/help.hpp"

#include <CLI/CLI.hpp>

#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

constexpr std::size_t name_columns = 30;
constexpr std::size_t page_columns = 80;

// Cuts at the last blank before the limit; Japanese has none, and is cut anywhere.
std::string wrap(const std::string& text, std::size_t indent) {
  const std::size_t width = page_columns - indent;
  std::string out, line;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t space = std::min(rest.find(' ', 1), rest.size());
    std::string word(rest.substr(0, space));
    rest.remove_prefix(space);
    while (display_width(line + word) > width) {
      if (!line.empty() && word.front() == ' ') {
        out += line + "\n" + std::string(indent, ' ');
        line.clear();
        word.erase(0, 1);
        continue;
      }
      std::size_t end = 0;  // bytes of `word` that still fit
      while (end < word.size()) {
        std::size_t next = end + 1;
        while (next < word.size() && (static_cast<unsigned char>(word[next]) & 0xC0) == 0x80) ++next;
        if (display_width(line + word.substr(0, next)) > width) break;
        end = next;
      }
      if (end == 0 && line.empty()) break;
      out += line + word.substr(0, end) + "\n" + std::string(indent, ' ');
      line.clear();
      word.erase(0, end);
    }
    line += word;
  }
  return out + line;
}

std::string entry(const std::string& name, const std::string& description) {
  std::string out = "  " + name;
  if (display_width(out) + 2 > name_columns) out += "\n" + std::string(name_columns, ' ');
  else out = pad_to_width(out, name_columns);
  return out + wrap(description, name_columns) + "\n";
}

class Layout : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return entry(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    std::string out;
    if (option->get_type_size() != 0) {
      // A choice prints itself as TEXT:{a,b}; the braces say it all.
      std::string type = option->get_type_name();
      if (const std::size_t brace = type.find('{'); brace != std::string::npos) type.erase(0, brace);
      else if (const std::size_t colon = type.find(':'); colon != std::string::npos) type.erase(colon);
      if (!type.empty()) out += " " + type;
      if (!option->get_default_str().empty()) out += "=" + option->get_default_str();
      // One that takes one value each time says so in words.
      if (option->get_expected_max() == CLI::detail::expected_max_vector_size && (option->get_positional() || option->get_allow_extra_args())) out += " ...";
    }
    return out;
  }

  std::string make_subcommand(const CLI::App* command) const override {
    return entry(command->get_display_name(true), command->get_description());
  }
};

}  // namespace

std::shared_ptr<CLI::FormatterBase> help_layout() {
  auto layout = std::make_shared<Layout>();
  layout->label("OPTIONS", tr("OPTIONS"));
  layout->label("SUBCOMMAND", tr("COMMAND"));
  layout->label("Usage", tr("Usage"));
  layout->label("Positionals", tr("Arguments"));
  return layout;
}

std::string usage_complaint(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (app.get_subcommands().empty()) {
    // What stands where the command should: the first word that is neither an option nor the value of one.
    for (int i = 1; i < argc; ++i) {
      const std::string word = argv[i];
      if (word.starts_with("--") && word.find('=') == std::string::npos &&
          (word == "--archive" || word == "--format" || word == "--color" || word == "--lang")) {
        ++i;
        continue;
      }
      if (!word.starts_with("-")) return trf("there is no command \"{}\"", word);
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error))
      for (int i = 1; i < argc; ++i)
        if (const std::string word = argv[i]; word.starts_with("-") && !app.get_option_no_throw(word.substr(0, word.find('='))))
          return trf("there is no option {}", word);
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) {
    const std::string what = error.what();
    const std::size_t colon = what.rfind(": ");
    const std::string extras = colon == std::string::npos ? what : what.substr(colon + 2);
    // -見積 is meant as a query, not as an option.
    const bool is_query = extras.size() > 1 && extras[0] == '-' && static_cast<unsigned char>(extras[1]) >= 0x80;
    if (is_query) return trf("this does not belong here: {} (a query that begins with - stands after --, as in: genchi search -- {})", extras, extras);
    return trf("this does not belong here: {}", extras);
  }
  return trf("wrong usage: {}", error.what());
}

}  // namespace genchi::cli
