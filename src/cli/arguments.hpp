// How commands say what they take on the command line, and how the line is read. In front of CLI11, which is
// all inline and dear to compile: only arguments.cpp and help.cpp include it.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace genchi::cli {

template <typename T, typename... Types>
concept OneOf = (std::same_as<T, Types> || ...);

/// What a value on the command line can be read into. A list takes all that follow; std::optional tells whether
/// it was given.
template <typename T>
concept OptionValue = OneOf<T, std::string, std::vector<std::string>, int, double, std::int64_t, std::uint64_t,
                            std::optional<std::string>, std::optional<int>, std::optional<std::int64_t>,
                            std::optional<std::uint64_t>>;

/// An option, flag or positional argument of a command, to say more about it: `add_option(…).required()`.
/// A handle, to be copied at will; the CommandLine owns what it stands for.
class Option {
 public:
  Option required();
  /// What stands for its value in the help, translated: DIR.
  Option value_name(const std::string& name);
  /// The help names the value it has when it is not given: the one that its variable holds now.
  Option shows_default();
  /// The heading it stands under in the help, translated; "Options" unless said.
  Option group(const std::string& heading);

  /// It is wrong usage to give anything but one of these words; the help lists them.
  Option one_of(const std::vector<std::string>& words);
  /// … but a whole number from `least` to `most`.
  Option between(std::int64_t least, std::int64_t most);
  /// … but a number, with decimals or without, of at least 0.
  Option not_negative();
  /// … but a number above 0.
  Option positive();
  /// … but at least one character.
  Option not_empty();
  /// A list takes one value each time the option is given: what follows is no longer its own.
  Option one_each_time();

  /// It is wrong usage to give both.
  Option excludes(Option other);
  /// It is wrong usage to give this without the other.
  Option needs(Option other);

 private:
  friend class Arguments;
  explicit Option(CLI::Option& option) : option_(&option) {}
  CLI::Option* option_;
};

/// What a command takes, or the program itself. Help lists it in the order in which it was added. A handle, too.
class Arguments {
 public:
  /// A command below this one; it has --help, and is listed under "Commands".
  Arguments add_command(const std::string& name, const std::string& help);
  /// Another name for the command, which help lists as well.
  void alias(const std::string& name);
  /// It is wrong usage to name no command below this one.
  void require_command();

  /// `names` as in "-C,--context". The variable keeps what it holds unless the option is given, and must live
  /// until the line was read. `help` is translated.
  template <OptionValue Value>
  Option add_option(const std::string& names, Value& value, const std::string& help);
  /// Takes no value: given or not.
  Option add_flag(const std::string& names, bool& given, const std::string& help);
  /// Known by its place; `name` stands in help and complaints. Need not be given unless required().
  template <OptionValue Value>
  Option add_argument(const std::string& name, Value& value, const std::string& help);
  /// Takes one away that options shared by several commands brought along.
  void remove_option(const std::string& name);
  /// Says in other words what such an option is.
  void describe_option(const std::string& name, const std::string& help);

  /// What help ends with.
  void footer(const std::string& text);
  /// Done when the line names this command and all of it was read and is in order.
  void when_chosen(std::function<void()> action);

 private:
  friend class CommandLine;
  explicit Arguments(CLI::App& app) : app_(&app) {}
  CLI::App* app_;
};

/// The command line of the program: first everything is added to it, then it is read once.
class CommandLine {
 public:
  /// With --help and --version; at most one command can be given. `about` stands at the top of the help.
  CommandLine(const std::string& about, const std::string& version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  /// The program itself: commands are added to it, and its own options may stand before or after any command.
  Arguments program();
  /// Fills variables and does what was to be done when_chosen(). False if help or the version was asked for: it
  /// has been printed, and nothing is left to do. Throws Error for wrong usage.
  bool read(int argc, char** argv);
  /// Whether the line that was read names this command.
  bool has_chosen(const std::string& command) const;
  /// Whether it names any.
  bool has_command() const;
  /// What --help prints.
  std::string help() const;

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace genchi::cli
