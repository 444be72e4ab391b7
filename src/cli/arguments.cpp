#include "cli/arguments.hpp"

#include <CLI/CLI.hpp>

#include "cli/help.hpp"
#include "genchi/error.hpp"
#include "genchi/i18n.hpp"

namespace genchi::cli {
namespace {

void set_help_option(CLI::App& app) { app.set_help_flag("-h,--help", tr("this help"))->group(tr("Options")); }

}  // namespace

Option Option::required() {
  option_->required();
  return *this;
}

Option Option::value_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Option Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

Option Option::group(const std::string& heading) {
  option_->group(heading);
  return *this;
}

Option Option::one_of(const std::vector<std::string>& words) {
  option_->check(CLI::IsMember(words));
  return *this;
}

Option Option::between(std::int64_t least, std::int64_t most) {
  option_->check(CLI::Range(least, most));
  return *this;
}

Option Option::not_negative() {
  option_->check(CLI::NonNegativeNumber);
  return *this;
}

Option Option::positive() {
  option_->check(CLI::PositiveNumber);
  return *this;
}

Option Option::not_empty() {
  option_->check([](const std::string& given) { return std::string(given.empty() ? tr("the value is empty") : ""); });
  return *this;
}

Option Option::one_each_time() {
  option_->allow_extra_args(false);
  return *this;
}

Option Option::excludes(Option other) {
  option_->excludes(other.option_);
  return *this;
}

Option Option::needs(Option other) {
  option_->needs(other.option_);
  return *this;
}

Arguments Arguments::add_command(const std::string& name, const std::string& help) {
  CLI::App* command = app_->add_subcommand(name, help);
  command->group(tr("Commands"));
  set_help_option(*command);
  return Arguments(*command);
}

void Arguments::alias(const std::string& name) { app_->alias(name); }

void Arguments::require_command() { app_->require_subcommand(1); }

template <OptionValue Value>
Option Arguments::add_option(const std::string& names, Value& value, const std::string& help) {
  return Option(*app_->add_option(names, value, help));
}

template <OptionValue Value>
Option Arguments::add_argument(const std::string& name, Value& value, const std::string& help) {
  return add_option(name, value, help).value_name("");  // the name says it all
}

template Option Arguments::add_option(const std::string&, std::string&, const std::string&);
template Option Arguments::add_option(const std::string&, std::vector<std::string>&, const std::string&);
template Option Arguments::add_option(const std::string&, int&, const std::string&);
template Option Arguments::add_option(const std::string&, double&, const std::string&);
template Option Arguments::add_option(const std::string&, std::int64_t&, const std::string&);
template Option Arguments::add_option(const std::string&, std::uint64_t&, const std::string&);
template Option Arguments::add_option(const std::string&, std::optional<std::string>&, const std::string&);
template Option Arguments::add_option(const std::string&, std::optional<int>&, const std::string&);
template Option Arguments::add_option(const std::string&, std::optional<std::int64_t>&, const std::string&);
template Option Arguments::add_option(const std::string&, std::optional<std::uint64_t>&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::string&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::vector<std::string>&, const std::string&);
template Option Arguments::add_argument(const std::string&, int&, const std::string&);
template Option Arguments::add_argument(const std::string&, double&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::int64_t&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::uint64_t&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::optional<std::string>&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::optional<int>&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::optional<std::int64_t>&, const std::string&);
template Option Arguments::add_argument(const std::string&, std::optional<std::uint64_t>&, const std::string&);

Option Arguments::add_flag(const std::string& names, bool& given, const std::string& help) {
  return Option(*app_->add_flag(names, given, help));
}

void Arguments::remove_option(const std::string& name) { app_->remove_option(app_->get_option(name)); }

void Arguments::describe_option(const std::string& name, const std::string& help) { app_->get_option(name)->description(help); }

void Arguments::footer(const std::string& text) { app_->footer(text); }

void Arguments::when_chosen(std::function<void()> action) { app_->callback(std::move(action)); }

CommandLine::CommandLine(const std::string& about, const std::string& version)
    : app_(std::make_unique<CLI::App>(about, "genchi")) {
  app_->formatter(help_layout());
  app_->option_defaults()->group(tr("Options"));
  set_help_option(*app_);
  app_->set_version_flag("--version", version, tr("the version"));
  app_->require_subcommand(0, 1);
  app_->fallthrough();
}

CommandLine::~CommandLine() = default;

Arguments CommandLine::program() { return Arguments(*app_); }

bool CommandLine::read(int argc, char** argv) {
  // In the help of a command --help stands last.
  for (CLI::App* command : app_->get_subcommands({})) set_help_option(*command);
  try {
    app_->parse(argc, argv);
    return true;
  } catch (const CLI::Success& asked) {
    app_->exit(asked);
    return false;
  } catch (const CLI::ParseError& e) {
    throw Error(usage_complaint(*app_, e, argc, argv), tr("`genchi --help` and `genchi COMMAND --help` show how."));
  }
}

bool CommandLine::has_chosen(const std::string& command) const { return app_->got_subcommand(command); }

bool CommandLine::has_command() const { return !app_->get_subcommands().empty(); }

std::string CommandLine::help() const { return app_->help(); }

}  // namespace genchi::cli
