#include "text/html.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <vector>

#include "base/bytes.hpp"
#include "text/charset.hpp"
#include "text/html_lines.hpp"
#include "text/html_tokens.hpp"

namespace genchi {
namespace {

// --- Elements ---

enum class Kind : std::uint8_t {
  phrase,    ///< no effect of its own; ends within its block
  block,     ///< on lines of its own
  paragraph, ///< between blank lines
  p,         ///< a paragraph that other blocks end
  item,
  list,
  quote,
  pre,
  table,
  row,
  cell,
  rule,       ///< <hr>
  line_break, ///< <br>
  image,
  nothing, ///< void, shows nothing; or <html>, <body>, <head>, <tbody>, which change nothing
  raw,     ///< content is no HTML and not shown
  unseen,  ///< content is HTML and not shown
};

struct Element {
  std::string_view name;
  Kind kind;
};

constexpr Element elements[] = {
    {"a", Kind::phrase},         {"address", Kind::block},    {"applet", Kind::unseen},
    {"area", Kind::nothing},     {"article", Kind::block},    {"aside", Kind::block},
    {"audio", Kind::unseen},     {"base", Kind::nothing},     {"basefont", Kind::nothing},
    {"bgsound", Kind::nothing},  {"blockquote", Kind::quote}, {"body", Kind::nothing},
    {"br", Kind::line_break},    {"button", Kind::block},     {"caption", Kind::block},
    {"center", Kind::block},     {"col", Kind::nothing},      {"colgroup", Kind::nothing},
    {"datalist", Kind::unseen},  {"dd", Kind::block},         {"details", Kind::block},
    {"dir", Kind::list},         {"div", Kind::block},        {"dl", Kind::paragraph},
    {"dt", Kind::block},         {"embed", Kind::nothing},    {"fieldset", Kind::block},
    {"figcaption", Kind::block}, {"figure", Kind::block},     {"footer", Kind::block},
    {"form", Kind::block},       {"frame", Kind::nothing},    {"h1", Kind::paragraph},
    {"h2", Kind::paragraph},     {"h3", Kind::paragraph},     {"h4", Kind::paragraph},
    {"h5", Kind::paragraph},     {"h6", Kind::paragraph},     {"head", Kind::nothing},
    {"header", Kind::block},     {"hr", Kind::rule},          {"html", Kind::nothing},
    {"iframe", Kind::raw},       {"img", Kind::image},        {"input", Kind::nothing},
    {"keygen", Kind::nothing},   {"legend", Kind::block},     {"li", Kind::item},
    {"link", Kind::nothing},     {"listing", Kind::pre},      {"main", Kind::block},
    {"menu", Kind::list},        {"meta", Kind::nothing},     {"nav", Kind::block},
    {"noembed", Kind::raw},      {"noframes", Kind::raw},     {"object", Kind::unseen},
    {"ol", Kind::list},          {"option", Kind::block},     {"p", Kind::p},
    {"param", Kind::nothing},    {"pre", Kind::pre},          {"script", Kind::raw},
    {"section", Kind::block},    {"select", Kind::block},     {"source", Kind::nothing},
    {"style", Kind::raw},        {"summary", Kind::block},    {"table", Kind::table},
    {"tbody", Kind::nothing},    {"td", Kind::cell},          {"template", Kind::unseen},
    {"textarea", Kind::pre},     {"tfoot", Kind::nothing},    {"th", Kind::cell},
    {"thead", Kind::nothing},    {"title", Kind::raw},        {"tr", Kind::row},
    {"track", Kind::nothing},    {"ul", Kind::list},          {"video", Kind::unseen},
    {"wbr", Kind::nothing},      {"xml", Kind::unseen},       {"xmp", Kind::pre},
};
static_assert(std::is_sorted(std::begin(elements), std::end(elements),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

constexpr std::size_t unknown = std::size(elements); // all other names, phrases to us

std::size_t find_element(std::string_view name) {
  std::array<char, 12> lower{};
  if (name.size() > lower.size()) return unknown;
  std::transform(name.begin(), name.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const std::string_view key(lower.data(), name.size());
  const auto* found = std::lower_bound(std::begin(elements), std::end(elements), key,
                                       [](const Element& e, std::string_view k) { return e.name < k; });
  return found != std::end(elements) && found->name == key ? static_cast<std::size_t>(found - elements)
                                                           : unknown;
}

Kind kind_of(std::size_t element) {
  return element == unknown ? Kind::phrase : elements[element].kind;
}

constexpr std::size_t id_of(std::string_view name) {
  for (std::size_t i = 0; i < std::size(elements); ++i) {
    if (elements[i].name == name) return i;
  }
  return unknown;
}
constexpr std::size_t a_id = id_of("a");
constexpr std::size_t div_id = id_of("div");
constexpr std::size_t p_id = id_of("p");
constexpr std::size_t table_id = id_of("table");
constexpr std::size_t row_id = id_of("tr");
constexpr std::size_t td_id = id_of("td");
constexpr std::size_t th_id = id_of("th");

// --- Styles and classes ---

/// The value of a property in an inline style; empty if it is not there. The last one counts, as in CSS.
std::string_view style_value(std::string_view style, std::string_view property) {
  std::string_view value;
  while (!style.empty()) {
    const std::size_t end = std::min(style.find(';'), style.size());
    const std::string_view declaration = style.substr(0, end);
    style.remove_prefix(std::min(end + 1, style.size()));
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos || !ascii_iequals(trim(declaration.substr(0, colon)), property))
      continue;
    value = trim(declaration.substr(colon + 1));
  }
  return value;
}

bool is_hidden(const HtmlAttributes& attributes) {
  return attributes.hidden || ascii_istarts_with(style_value(attributes.style, "display"), "none");
}

bool keeps_white_space(const HtmlAttributes& attributes) {
  return ascii_istarts_with(style_value(attributes.style, "white-space"), "pre");
}

bool has_class(std::string_view classes, std::string_view name) {
  while (!classes.empty()) {
    const std::size_t end = std::min(classes.find_first_of(" \t\r\n"), classes.size());
    if (ascii_iequals(classes.substr(0, end), name)) return true;
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
  return false;
}

/// Outlook writes every line as a paragraph without room around it.
bool is_single_line(const HtmlAttributes& attributes) {
  return ascii_istarts_with(attributes.css_class, "Mso") ||
         ascii_istarts_with(style_value(attributes.style, "margin"), "0");
}

/// What mail programs mark a quotation with, beside <blockquote>.
enum class QuoteMark {
  none,
  block,   ///< this element is the quotation
  rest,    ///< it begins here and goes on to the end of the block around
  heading, ///< "On … wrote:" inside a quote block, our side's words
};

QuoteMark quote_mark(const HtmlAttributes& attributes) {
  // Names as Gmail, Yahoo, Outlook (mobile; web and new; 2003) write them. The border is Outlook's on the
  // desktop.
  for (const char* name : {"gmail_quote", "yahoo_quoted"}) {
    if (has_class(attributes.css_class, name)) return QuoteMark::block;
  }
  if (has_class(attributes.css_class, "gmail_attr")) return QuoteMark::heading;
  for (const char* name : {"ms-outlook-mobile-reference-message", "OutlookMessageHeader"}) {
    if (has_class(attributes.css_class, name)) return QuoteMark::rest;
  }
  for (const char* id : {"divRplyFwdMsg", "mail-editor-reference-message-container"}) {
    if (ascii_iequals(attributes.id, id)) return QuoteMark::rest;
  }
  const std::string_view border = style_value(attributes.style, "border-top");
  for (const char* start : {"solid #E1E1E1 1.0pt", "solid #B5C4DF 1.0pt"}) {
    if (ascii_istarts_with(border, start)) return QuoteMark::rest;
  }
  return QuoteMark::none;
}

// --- The reader ---

constexpr std::int32_t none = -1;

/// An open element.
struct Open {
  std::uint8_t element;
  Kind kind;
  bool hides = false;
  bool preformats = false;
  bool joined_cells = true; ///< of a table: the row's last cell held no table, so the next may go on its line
  bool rest_quoted = false; ///< a quotation began in it that ends with it
  std::int8_t quotes = 0;   ///< levels it added
  std::int32_t same;        ///< the next outer one of this name, else none
  std::int32_t block;       ///< the innermost element up to this one that is no phrase
  std::int32_t scope;       ///< the innermost table or cell up to this one
  std::int32_t list;        ///< the innermost list up to this one
  std::int32_t cells = 0;   ///< of a table: cells in this row so far
  std::uint64_t count;      ///< visible characters before it; of a table: before this row
  std::string_view href;
};

/// Turns tokens into lines. The elements that are open are kept on a stack in which the innermost one of each
/// name is known, so that no tag costs more than the elements it closes.
class Reader {
 public:
  explicit Reader(std::size_t limit) : lines_(limit) { innermost_.fill(none); }

  std::string read(std::string_view html) {
    HtmlTokenizer tokens(html);
    HtmlToken token;
    while (!lines_.full() && tokens.next(token)) {
      if (token.kind == HtmlToken::Kind::text) {
        show(token.text);
        continue;
      }
      const std::size_t element = find_element(token.name);
      if (token.kind == HtmlToken::Kind::end_tag) {
        end_tag(element);
      } else if (kind_of(element) == Kind::raw) {
        tokens.skip_raw(token.name);
      } else {
        start_tag(element, token);
      }
    }
    close_to(0);
    return lines_.take();
  }

 private:
  void show(std::string_view html);
  void start_tag(std::size_t element, const HtmlToken& token);
  void end_tag(std::size_t element);
  void close_before(std::size_t element, Kind kind);
  void open(std::size_t element, Kind kind, const HtmlAttributes& attributes);
  void begin_block(Kind kind);
  void begin_cell();
  void mark_quotes(Open& entry, const HtmlAttributes& attributes);
  void close_to(std::int32_t size);
  void close_last();
  void show_target(std::string_view href);
  void set_quotes();

  std::int32_t top() const { return static_cast<std::int32_t>(stack_.size()) - 1; }
  Open* at(std::int32_t index) { return index == none ? nullptr : &stack_[static_cast<std::size_t>(index)]; }
  std::int32_t scope() const { return stack_.empty() ? none : stack_.back().scope; }

  HtmlLines lines_;
  std::vector<Open> stack_;
  std::array<std::int32_t, unknown + 1> innermost_{};
  std::size_t beyond_ = 0; ///< elements opened beyond the deepest that is kept
  int hidden_ = 0;
  int preformatted_ = 0;
  int quotes_ = 0;
  bool rest_quoted_ = false;   ///< as in Open, of the document
  bool skip_line_end_ = false; ///< the one right after <pre>
  std::string scratch_;
};

void Reader::show(std::string_view html) {
  if (hidden_ > 0) return;
  if (skip_line_end_) {
    if (html.substr(0, 2) == "\r\n")
      html.remove_prefix(2);
    else if (html.substr(0, 1) == "\n")
      html.remove_prefix(1);
    skip_line_end_ = false;
  }
  if (html.find('&') == std::string_view::npos) {
    lines_.add(html, preformatted_ > 0);
    return;
  }
  scratch_.clear();
  append_resolved(scratch_, html, HtmlPlace::text);
  lines_.add(scratch_, preformatted_ > 0);
}

void Reader::start_tag(std::size_t element, const HtmlToken& token) {
  skip_line_end_ = false;
  const Kind kind = kind_of(element);
  if (kind == Kind::nothing) return;
  const HtmlAttributes attributes =
      token.attributes.empty() ? HtmlAttributes{} : read_attributes(token.attributes);
  if (kind == Kind::line_break || kind == Kind::image || kind == Kind::rule) {
    if (hidden_ > 0 || is_hidden(attributes)) return;
    if (kind == Kind::line_break) lines_.line_break();
    if (kind == Kind::rule) lines_.end_paragraph();
    if (kind == Kind::image && !attributes.alt.empty()) {
      scratch_.clear();
      append_resolved(scratch_, attributes.alt, HtmlPlace::attribute);
      lines_.add(scratch_, /*preformatted=*/false);
    }
    return;
  }
  // <o:p/> and its like come from XML; HTML's own elements are not closed that way.
  if (element == unknown && !token.attributes.empty() && token.attributes.back() == '/') return;
  close_before(element, kind);
  open(element, kind, attributes);
}

/// Elements that end because this one begins, though their end tags are missing.
void Reader::close_before(std::size_t element, Kind kind) {
  if (stack_.empty()) return;
  const std::int32_t table = innermost_[table_id];
  if (kind == Kind::cell || kind == Kind::row) {
    const std::int32_t cell = std::max(innermost_[td_id], innermost_[th_id]);
    const std::int32_t row = innermost_[row_id];
    if (cell > table) close_to(cell);
    if (kind == Kind::row && row > table) close_to(row);
    return;
  }
  if (kind != Kind::phrase && innermost_[p_id] > scope()) close_to(innermost_[p_id]);
  if (stack_.empty()) return;
  const Open& last = stack_.back();
  if (kind == Kind::item && innermost_[element] > std::max(last.scope, last.list))
    close_to(innermost_[element]);
  if (element == a_id && innermost_[a_id] > last.block) close_to(innermost_[a_id]);
}

void Reader::open(std::size_t element, Kind kind, const HtmlAttributes& attributes) {
  constexpr std::size_t deepest = 200'000;
  if (stack_.size() >= deepest) {
    ++beyond_;
    if (kind != Kind::phrase && hidden_ == 0) lines_.end_line();
    return;
  }
  const std::int32_t index = top() + 1;
  const Open* outer = stack_.empty() ? nullptr : &stack_.back();
  Open entry{};
  entry.element = static_cast<std::uint8_t>(element);
  entry.kind = kind == Kind::p && is_single_line(attributes) ? Kind::block : kind;
  entry.hides = kind == Kind::unseen || is_hidden(attributes);
  entry.same = innermost_[element];
  entry.block = kind != Kind::phrase ? index : (outer ? outer->block : none);
  entry.scope = kind == Kind::table || kind == Kind::cell ? index : (outer ? outer->scope : none);
  entry.list = kind == Kind::list ? index : (outer ? outer->list : none);
  entry.count = lines_.count();
  if (element == a_id) entry.href = attributes.href;
  hidden_ += entry.hides ? 1 : 0;
  if (hidden_ == 0) {
    entry.preformats = kind == Kind::pre || keeps_white_space(attributes);
    preformatted_ += entry.preformats ? 1 : 0;
    skip_line_end_ = kind == Kind::pre;
    begin_block(entry.kind);
    mark_quotes(entry, attributes);
  }
  stack_.push_back(entry);
  innermost_[element] = index;
}

void Reader::begin_block(Kind kind) {
  switch (kind) {
  case Kind::p:
  case Kind::paragraph:
  case Kind::pre:
    lines_.end_paragraph();
    break;
  case Kind::item:
    lines_.bullet();
    break;
  case Kind::cell:
    begin_cell();
    break;
  case Kind::row:
    lines_.end_row();
    if (Open* table = at(innermost_[table_id])) {
      table->cells = 0;
      table->joined_cells = true;
      table->count = lines_.count();
    }
    break;
  case Kind::table:
    if (Open* outer = at(innermost_[table_id])) outer->joined_cells = false;
    lines_.end_line();
    break;
  case Kind::block:
  case Kind::list:
  case Kind::quote:
    lines_.end_line();
    break;
  default:
    break;
  }
}

/// Cells of one row share a line; a table in a cell is layout, and its lines stay its own.
void Reader::begin_cell() {
  Open* table = at(innermost_[table_id]);
  if (!table) {
    lines_.end_line();
    return;
  }
  if (table->cells > 0 && table->joined_cells) {
    if (lines_.count() > table->count) lines_.next_cell();
  } else {
    lines_.end_row();
  }
  ++table->cells;
  table->joined_cells = true;
}

void Reader::mark_quotes(Open& entry, const HtmlAttributes& attributes) {
  const bool marked = !attributes.css_class.empty() || !attributes.id.empty() || !attributes.style.empty();
  const QuoteMark mark = marked ? quote_mark(attributes) : QuoteMark::none;
  if (entry.kind == Kind::quote) {
    // Gmail's <blockquote class=gmail_quote> stands in a <div class=gmail_quote>: one level, not two.
    const bool counted =
        mark == QuoteMark::block && innermost_[div_id] != none && at(innermost_[div_id])->quotes > 0;
    entry.quotes = counted ? 0 : 1;
  } else if (mark == QuoteMark::block && entry.kind != Kind::phrase) {
    entry.quotes = 1;
  } else if (mark == QuoteMark::heading && quotes_ > 0) {
    entry.quotes = -1;
  } else if (mark == QuoteMark::rest && entry.element == div_id) {
    // Outlook wraps the heading in a <div> of its own; the quotation ends with the element that held the
    // reply.
    std::int32_t around = top();
    const auto wraps = [&](const Open* open) {
      return open && open->element == div_id && open->count == lines_.count();
    };
    for (int wrappers = 0; wrappers < 8 && wraps(at(around)); ++wrappers) --around;
    Open* holder = at(around);
    bool& quoted = holder ? holder->rest_quoted : rest_quoted_;
    if (!quoted) {
      quoted = true;
      if (holder) ++holder->quotes;
      ++quotes_;
      set_quotes();
    }
    return;
  }
  if (entry.quotes == 0) return;
  quotes_ += entry.quotes;
  set_quotes();
}

void Reader::set_quotes() {
  lines_.set_quote_depth(static_cast<std::size_t>(std::max(quotes_, 0)));
}

void Reader::end_tag(std::size_t element) {
  skip_line_end_ = false;
  const Kind kind = kind_of(element);
  if (kind == Kind::line_break && hidden_ == 0) lines_.line_break(); // </br>, as browsers have it
  if (kind == Kind::nothing || kind == Kind::line_break) return;
  if (beyond_ > 0) {
    --beyond_;
    return;
  }
  const std::int32_t found = innermost_[element];
  if (found == none) {
    if (element == p_id && hidden_ == 0) lines_.end_paragraph();
    return;
  }
  // A phrase ends within its block, a block within its cell, parts of a table within the table.
  std::int32_t fence = none;
  if (kind == Kind::phrase)
    fence = stack_.back().block;
  else if (kind == Kind::cell || kind == Kind::row)
    fence = innermost_[table_id];
  else if (kind != Kind::table)
    fence = stack_.back().scope;
  if (found > fence) close_to(found);
}

void Reader::close_to(std::int32_t size) {
  while (top() >= size) close_last();
}

void Reader::close_last() {
  const Open entry = stack_.back();
  stack_.pop_back();
  innermost_[entry.element] = entry.same;
  if (hidden_ == 0) {
    if (entry.element == a_id && entry.count == lines_.count()) show_target(entry.href);
    switch (entry.kind) {
    case Kind::item:
      lines_.end_item();
      break;
    case Kind::row:
    case Kind::table:
      lines_.end_row();
      break;
    case Kind::p:
    case Kind::paragraph:
    case Kind::pre:
      lines_.end_paragraph();
      break;
    case Kind::block:
    case Kind::list:
    case Kind::quote:
      lines_.end_line();
      break;
    default:
      break;
    }
  }
  hidden_ -= entry.hides ? 1 : 0;
  preformatted_ -= entry.preformats ? 1 : 0;
  if (entry.quotes != 0) {
    quotes_ -= entry.quotes;
    set_quotes();
  }
}

/// A link without text is mostly an image without alt: then the target is what there is to read.
void Reader::show_target(std::string_view href) {
  constexpr std::size_t longest = 2000;
  href = trim(href);
  if (href.empty() || href.size() > longest || href.front() == '#') return;
  if (ascii_istarts_with(href, "javascript:") || ascii_istarts_with(href, "cid:")) return;
  if (ascii_istarts_with(href, "mailto:"))
    href = href.substr(7, href.find('?') - 7);
  else if (ascii_istarts_with(href, "tel:"))
    href.remove_prefix(4);
  scratch_.clear();
  append_resolved(scratch_, href, HtmlPlace::attribute);
  lines_.add(scratch_, /*preformatted=*/false);
}

// --- Charset ---

/// What a <meta charset> or <meta http-equiv content> near the beginning says; empty if nothing does.
std::string_view meta_charset(std::string_view bytes) {
  constexpr std::size_t near_beginning = 4096;
  HtmlTokenizer tokens(bytes.substr(0, near_beginning));
  HtmlToken token;
  while (tokens.next(token)) {
    if (token.kind != HtmlToken::Kind::start_tag) continue;
    if (kind_of(find_element(token.name)) == Kind::raw) tokens.skip_raw(token.name);
    if (!ascii_iequals(token.name, "meta")) continue;
    const HtmlAttributes attributes = read_attributes(token.attributes);
    if (!attributes.charset.empty()) return trim(attributes.charset);
    std::string_view content = attributes.content;
    const std::string lower = ascii_lower(content);
    const std::size_t at = lower.find("charset");
    if (at == std::string::npos) continue;
    const std::size_t equals = content.find('=', at);
    if (equals == std::string_view::npos) continue;
    content = trim(content.substr(equals + 1));
    return content.substr(0, content.find_first_of("; \t\r\n"));
  }
  return {};
}

std::string decode_html(std::string_view bytes, std::string_view declared) {
  std::string_view meta = meta_charset(bytes);
  // Read as ASCII, so it is none of these; the HTML standard takes UTF-8 then.
  if (ascii_istarts_with(meta, "utf-16") || ascii_istarts_with(meta, "utf-32")) meta = "utf-8";
  if (meta.empty() || !is_known_charset(meta)) return decode_text(bytes, declared).text;
  if (!is_known_charset(declared)) return decode_text(bytes, meta).text;
  Decoded decoded = decode_text(bytes, declared);
  if (decoded.as_declared && !decoded.lossy) return std::move(decoded.text);
  Decoded by_meta = decode_text(bytes, meta);
  return by_meta.as_declared && !by_meta.lossy ? std::move(by_meta.text) : std::move(decoded.text);
}

} // namespace

std::string html_to_text(std::string_view bytes, std::string_view declared_charset, std::size_t limit) {
  return Reader(limit).read(decode_html(bytes, declared_charset));
}

} // namespace genchi
