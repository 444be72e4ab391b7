// HTML cut into text, start tags and end tags, as the HTML standard's tokenizer does it but flat: no tree, no
// recursion, every byte looked at a bounded number of times whatever it is.
//
// Why not libxml2's parser: its push parser (2.9.14) drops what follows </html>, where mailing lists put
// their footers; shows
// `<![if !supportLists]>`, which Outlook writes, as text; and needs quadratic time for distinct attributes in
// one tag (40,000: 1.6 s) and for unmatched end tags under deep nesting. Its table of entities is used.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace genchi {

struct HtmlToken {
  enum class Kind { text, start_tag, end_tag };
  Kind kind = Kind::text;
  std::string_view text;       ///< of a text token: as written, entities not resolved
  std::string_view name;       ///< of a tag: as written
  std::string_view attributes; ///< of a start tag: all between the name and ">"
};

/// Views into `html`, which must outlive it. Comments, declarations and conditional comments are passed over.
class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view html);
  /// False at the end.
  bool next(HtmlToken& token);
  /// After a start tag `name`: passes over everything up to its end tag, or to the end if there is none.
  void skip_raw(std::string_view name);

 private:
  bool read_markup(HtmlToken& token);
  bool read_tag(HtmlToken& token, HtmlToken::Kind kind, std::size_t name_at);
  std::size_t tag_end(std::size_t at) const;

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t
      last_double_quote_; ///< a quote that is never closed is no quote; without this that would cost n²
  std::size_t last_single_quote_;
};

/// The attributes that text depends on. The first of a name counts.
struct HtmlAttributes {
  std::string_view id, css_class, style, href, alt, charset, content;
  bool hidden = false;
};
HtmlAttributes read_attributes(std::string_view attributes);

/// Where `html` is read.
enum class HtmlPlace { text, attribute };
/// `html` with entities (`&amp;` `&#12354;` `&yen;`, also without the semicolon where browsers take that)
/// resolved, appended.
void append_resolved(std::string& out, std::string_view html, HtmlPlace place);

} // namespace genchi
