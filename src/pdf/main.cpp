// genchi-pdf FOLDER CREATED MOST_PAGES: draws exhibits as PDF files; started by genchi (evidence/pdf.cpp), not by people. On standard
// input come the lines of evidence/exhibit_line.hpp; each is answered by a line, the words by {"ready":true}:
//   {"pages":2}       it is written
//   {"errno":28}      the file could not be written
//   {"font":true}     no font has Japanese; the end
//   {"most_pages":9}  it would have more
//   {"error":"…"}     it could not be drawn
// A program of its own: fonts and drawing cost each start of genchi more than the rest of it, and what stumbles over a
// hostile text stumbles alone.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <clocale>
#include <cstring>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "evidence/exhibit_line.hpp"
#include "genchi/error.hpp"
#include "pdf/write_pdf.hpp"

namespace genchi::pdf {
namespace {

using nlohmann::json;

class LineReader {
 public:
  /// nullopt at the end.
  std::optional<std::string> next() {
    for (std::size_t searched = 0;;) {
      if (const std::size_t end = held_.find('\n', searched); end != std::string::npos) {
        std::string line = held_.substr(0, end);
        held_.erase(0, end + 1);
        return line;
      }
      searched = held_.size();
      char buffer[1 << 16];
      const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return std::nullopt;
      held_.append(buffer, static_cast<std::size_t>(got));
    }
  }

 private:
  std::string held_;
};

void answer(const json& row) { write_all(STDOUT_FILENO, json_text(row, NotUtf8::replaced) + "\n", "genchi"); }

json drawn(const std::string& line, const evidence::ExhibitWords& words, const TextBreaker& breaker, UtcSeconds created, unsigned most_pages, int folder) {
  try {
    return {{"pages", write_pdf(evidence::exhibit_of_line(line), words, breaker, created, most_pages, folder)}};
  } catch (const TooManyPages&) {
    return {{"most_pages", most_pages}};
  } catch (const std::system_error& error) {
    return {{"errno", error.code().value()}};
  } catch (const std::exception& error) {
    return {{"error", error.what()}};
  }
}

std::unique_ptr<TextBreaker> breaker_if_fonts() {
  try {
    return std::make_unique<TextBreaker>();
  } catch (const Error&) {
    return nullptr;
  }
}

int serve(const char* folder_name, UtcSeconds created, unsigned most_pages) {
  const Fd folder(::open(folder_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) {
    answer({{"errno", errno}});
    return 2;
  }
  LineReader input;
  const auto first = input.next();
  if (!first) return 0;
  const evidence::ExhibitWords words = evidence::words_of_line(*first);
  const auto breaker = breaker_if_fonts();
  if (!breaker) {
    answer({{"font", true}});
    return 2;
  }
  answer({{"ready", true}});
  while (const auto line = input.next()) answer(drawn(*line, words, *breaker, created, most_pages, folder.get()));
  return 0;
}

}  // namespace
}  // namespace genchi::pdf

int main(int argc, char** argv) {
  genchi::UtcSeconds created = 0;
  unsigned most_pages = 0;
  const auto number = [&](int at, auto& value) {
    const char* end = argv[at] + std::strlen(argv[at]);
    return std::from_chars(argv[at], end, value).ptr == end;
  };
  if (argc != 4 || !number(2, created) || !number(3, most_pages)) {
    const std::string_view usage = "usage: genchi-pdf FOLDER CREATED MOST_PAGES\nA part of genchi, which starts it.\n";
    return ::write(STDERR_FILENO, usage.data(), usage.size()) < 0 ? 2 : 2;
  }
  std::setlocale(LC_CTYPE, "C.UTF-8");
  ::signal(SIGINT, SIG_IGN);  // of the whole group: genchi ends by closing our input
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // an error like a full disk
  try {
    const int status = genchi::pdf::serve(argv[1], created, most_pages);
    ::_exit(status);  // fonts and their caches need no taking apart
  } catch (const std::exception& error) {
    const std::string what = std::string(error.what()) + "\n";
    ::_exit(::write(STDERR_FILENO, what.data(), what.size()) < 0 ? 2 : 2);
  }
}
