#include "text/html_page.hpp"

#include <fmt/format.h>

#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi {

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  const std::string safe = for_terminal(text, /*multiline=*/true);  // controls of the direction of text too
  for (const char c : safe) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    default: out += c;
    }
  }
  return out;
}

std::string html_element(const char* tag, const char* css, std::string_view text) {
  return fmt::format("<{0}{1}>{2}</{0}>", tag, *css == '\0' ? "" : fmt::format(" class=\"{}\"", css), html_escaped(text));
}

std::string html_begin(std::string_view title, std::string_view style) {
  return fmt::format("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n"
                     "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
                     tr("en"), html_escaped(title), style);
}

}  // namespace genchi
