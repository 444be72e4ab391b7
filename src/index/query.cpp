#include "index/query.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/bytes.hpp"
#include "facts/numbers.hpp"
#include "genchi/i18n.hpp"
#include "index/word.hpp"
#include "text/date_words.hpp"
#include "text/fold.hpp"
#include "text/width.hpp"

namespace genchi::index {

namespace {

constexpr int max_depth = 100;
constexpr std::size_t max_nodes = 10'000;

using NodePtr = std::unique_ptr<Node>;

struct HasName {
  std::string_view name;
  std::string_view japanese;
};
constexpr std::array has_names{
    HasName{"price", "金額"},      HasName{"date", "期日"},        HasName{"attachment", "添付"}, HasName{"photo", "写真"}, HasName{"sticker", "スタンプ"},
    HasName{"video", "動画"},      HasName{"voice", "音声"}, HasName{"file", "ファイル"},
};

struct IsName {
  std::string_view name;
  std::string_view japanese;
  std::uint32_t flag; ///< 0: act
  Act act = Act::none;
};
constexpr std::array is_names{
    IsName{"proposal", "提示", 0, Act::proposal},
    IsName{"acceptance", "承諾", 0, Act::acceptance},
    IsName{"conditional", "条件付き", 0},
    IsName{"rejection", "お断り", 0, Act::rejection},
    IsName{"hold", "保留", 0, Act::hold},
    IsName{"change", "変更", 0, Act::change},
    IsName{"cancel", "取消", 0, Act::cancel},
    IsName{"auto", "自動", flag_auto},
    IsName{"bulk", "一斉", flag_bulk},
    IsName{"unsent", "送信取消", flag_unsent},
    IsName{"spam", "迷惑", flag_spam},
    IsName{"trash", "ゴミ箱", flag_trash},
    IsName{"memo", "メモ", flag_memo},
    IsName{"confirmed", "相手確認済", flag_confirmed},
};

constexpr std::array channels{Channel::mail,    Channel::line, Channel::phone,
                              Channel::meeting, Channel::fax,  Channel::sms};

/// A character of the query as its grammar sees it: an input method's full-width forms are the ASCII ones.
char32_t grammar_form(char32_t c) {
  switch (c) {
  case U'\t':
  case U'\n':
  case U'\v':
  case U'\f':
  case U'\r':
  case U'\u00A0':
  case U'\u2028':
  case U'\u2029':
  case U'\u202F':
  case U'\u3000':
    return U' ';
  case U'\uFF08':
    return U'(';
  case U'\uFF09':
    return U')';
  case U'\uFF1A':
    return U':';
  case U'\u201C':
  case U'\u201D':
  case U'\uFF02':
    return U'"';
  default:
    return c;
  }
}

bool ends_word(char32_t c) {
  return c == U' ' || c == U'(' || c == U')' || c == U'"';
}

bool is_minus(char32_t c) {
  return c == U'-' || c == U'\uFF0D' || c == U'\u2212';
}

bool is_digit(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'\uFF10' && c <= U'\uFF19');
}

/// ASCII for a full-width capital.
char32_t narrow_capital(char32_t c) {
  return c >= U'\uFF21' && c <= U'\uFF3A' ? c - U'\uFF21' + U'A' : c;
}

/// What is looked for: nothing stands across lines or table cells, so a phrase holds spaces only.
std::string fold_needle(std::string_view written) {
  std::string flat(written);
  for (char& c : flat)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  std::string folded = fold(flat);
  return std::string(trim(folded));
}

/// A word of the query in a message, short enough for a line.
std::string shown(std::string_view written) {
  return truncate_to_width(written, 40);
}

std::string known_fields() {
  std::string list;
  for (const Field& field : fields)
    list += fmt::format("{}{}:/{}:", list.empty() ? "" : " ", field.name, field.other_names[0]);
  return list;
}

std::string known_channels() {
  std::string list;
  for (const Channel channel : channels)
    list += fmt::format("{}{}", list.empty() ? "" : " ", channel_name(channel));
  return list;
}

template <typename Table> std::string known_values(const Table& table) {
  std::string list;
  for (const auto& row : table)
    list += fmt::format("{}{}/{}", list.empty() ? "" : " ", row.name, row.japanese);
  return list;
}

const Field& field_of(FieldKind kind) {
  return *std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.kind == kind; });
}

const Field* find_field(std::string_view name, const std::vector<std::string>& client_words) {
  struct Named {
    std::string folded;
    const Field* field;
  };
  static const std::vector<Named> names = [] {
    std::vector<Named> all;
    for (const Field& field : fields) {
      all.push_back({fold(field.name), &field});
      for (const std::string_view other : field.other_names)
        if (!other.empty()) all.push_back({fold(other), &field});
    }
    return all;
  }();
  const std::string folded = fold(name);
  const auto it =
      std::find_if(names.begin(), names.end(), [&](const Named& n) { return n.folded == folded; });
  if (it != names.end()) return it->field;
  const bool is_client = std::any_of(client_words.begin(), client_words.end(),
                                     [&](const std::string& word) { return fold(word) == folded; });
  return is_client ? &field_of(FieldKind::client) : nullptr;
}

template <typename Table> auto find_value(const Table& table, std::string_view value) {
  const std::string folded = fold(value);
  return std::find_if(table.begin(), table.end(), [&](const auto& row) {
    return fold(row.name) == folded || fold(row.japanese) == folded;
  });
}

std::optional<Channel> find_channel(std::string_view value) {
  if (const auto channel = channel_from_name(value)) return channel;
  return channel_from_name(fold(value));
}

/// `a OP b OP c` as one node; children of the same kind are taken over.
NodePtr join(Node::Op op, std::vector<NodePtr> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  auto joined = std::make_unique<Node>();
  joined->op = op;
  for (NodePtr& part : parts) {
    if (part->op != op) {
      joined->children.push_back(std::move(part));
      continue;
    }
    for (NodePtr& child : part->children) joined->children.push_back(std::move(child));
  }
  return joined;
}

class Parser {
 public:
  /// `within`: the saved search that the text is of.
  struct Saved {
    std::string_view name;
    const Saved* within = nullptr;
  };
  /// Of a query and the saved searches in it together.
  struct Size {
    std::size_t nodes = 0;
    int depth = 0;
  };
  Parser(std::string_view text, const QueryContext& context, Size& size, const Saved* within = nullptr, bool negated = false)
      : text_(text), context_(context), size_(size), within_(within), negated_(negated) {}

  NodePtr parse() {
    skip_spaces();
    if (at_end()) return std::make_unique<Node>();
    NodePtr root = parse_or();
    if (!at_end()) throw QueryError(tr("no \"(\" belongs to this \")\""), at_, quote_hint());
    return root;
  }

 private:
  enum class Keyword { none, and_, or_, not_ };
  enum class Style { word, phrase, exact };

  bool at_end() const { return at_ >= text_.size(); }
  CodePoint raw(std::size_t at) const { return decode_utf8(text_, at); }
  char32_t look(std::size_t at) const { return at < text_.size() ? grammar_form(raw(at).value) : U'\0'; }
  void step() { at_ += raw(at_).size; }
  void skip_spaces() {
    while (!at_end() && look(at_) == U' ') step();
  }

  static std::string quote_hint() { return tr("put it in \"quotation marks\" to look for these characters"); }

  Keyword keyword_at(std::size_t at, std::size_t* end) const {
    std::string letters;
    while (at < text_.size() && !ends_word(look(at))) {
      const CodePoint c = raw(at);
      if (letters.size() == 3) return Keyword::none;
      const char32_t narrow = narrow_capital(c.value);
      if (narrow < U'A' || narrow > U'Z') return Keyword::none;
      letters += static_cast<char>(narrow);
      at += c.size;
    }
    *end = at;
    if (letters == "AND") return Keyword::and_;
    if (letters == "OR") return Keyword::or_;
    if (letters == "NOT") return Keyword::not_;
    return Keyword::none;
  }

  void count_node() {
    if (++size_.nodes > max_nodes) throw QueryError(trf("the query has more than {} parts", max_nodes), at_);
  }

  NodePtr parse_or() {
    std::vector<NodePtr> parts;
    for (;;) {
      parts.push_back(parse_and());
      std::size_t end = 0;
      const std::size_t start = at_;
      if (at_end() || keyword_at(at_, &end) != Keyword::or_) break;
      at_ = end;
      need_operand("OR", start);
    }
    if (parts.size() > 1) count_node();
    return join(Node::Op::or_, std::move(parts));
  }

  NodePtr parse_and() {
    std::vector<NodePtr> parts;
    for (;;) {
      skip_spaces();
      if (at_end() || look(at_) == U')') break;
      std::size_t end = 0;
      const Keyword keyword = keyword_at(at_, &end);
      if (keyword == Keyword::or_ || keyword == Keyword::and_) {
        const std::string_view name = keyword == Keyword::or_ ? "OR" : "AND";
        if (parts.empty()) throw QueryError(trf("{} has nothing before it", name), at_, operator_hint());
        if (keyword == Keyword::or_) break;
        const std::size_t start = at_;
        at_ = end;
        need_operand(name, start);
      }
      parts.push_back(parse_unary());
    }
    // Only a ")" can stand here with nothing before it: the other cases were told apart above.
    if (parts.empty()) throw QueryError(tr("no \"(\" belongs to this \")\""), at_, quote_hint());
    if (parts.size() > 1) count_node();
    return join(Node::Op::and_, std::move(parts));
  }

  static std::string operator_hint() {
    return tr("AND, OR and NOT in capitals join words; in small letters or in \"quotation marks\" they are "
              "looked for");
  }

  /// After an operator at `start`: a term must begin here.
  void need_operand(std::string_view name, std::size_t start) {
    skip_spaces();
    std::size_t end = 0;
    const bool missing = at_end() || look(at_) == U')';
    const Keyword next = missing ? Keyword::none : keyword_at(at_, &end);
    if (missing || next == Keyword::or_ || next == Keyword::and_)
      throw QueryError(trf("{} has nothing after it", name), start, operator_hint());
  }

  NodePtr parse_unary() {
    bool negated = false;
    for (;;) {
      std::size_t end = 0;
      const std::size_t start = at_;
      if (keyword_at(at_, &end) == Keyword::not_) {
        at_ = end;
        need_operand("NOT", start);
      } else if (is_minus(raw(at_).value)) {
        step();
        const char32_t next = look(at_);
        const bool bare = at_end() || next == U' ' || next == U')' || is_minus(next);
        if (bare || keyword_at(at_, &end) != Keyword::none)
          throw QueryError(tr("\"-\" has nothing directly after it to leave out"), start, quote_hint());
      } else {
        break;
      }
      negated = !negated;
    }
    negated_ ^= negated;
    NodePtr node = parse_primary();
    negated_ ^= negated;
    if (!negated) return node;
    count_node();
    auto inverse = std::make_unique<Node>();
    inverse->op = Node::Op::not_;
    inverse->children.push_back(std::move(node));
    return inverse;
  }

  NodePtr parse_primary() {
    if (look(at_) == U'(') return parse_group();
    const std::size_t start = at_;
    if (look(at_) == U'"') return make_leaf(group_field_, parse_phrase(), start, Style::phrase);
    if (exact_phrase_at(at_)) {
      step();
      return make_leaf(group_field_, parse_phrase(), start, Style::exact);
    }
    if (NodePtr saved = parse_saved()) return saved;

    std::size_t colon = std::string_view::npos;
    while (!at_end() && !ends_word(look(at_))) {
      if (colon == std::string_view::npos && look(at_) == U':') colon = at_;
      step();
    }
    if (colon != std::string_view::npos)
      if (NodePtr node = parse_field(start, colon)) return node;
    return make_leaf(group_field_, text_.substr(start, at_ - start), start, Style::word);
  }

  /// ="…"
  bool exact_phrase_at(std::size_t at) const {
    return at < text_.size() && (raw(at).value == U'=' || raw(at).value == U'\uFF1D') && look(at + raw(at).size) == U'"';
  }

  /// @name, if there is a saved search of that name.
  NodePtr parse_saved() {
    if (!context_.saved || group_field_ || (raw(at_).value != U'@' && raw(at_).value != U'\uFF20')) return nullptr;
    const std::size_t start = at_;
    std::size_t end = at_ + raw(at_).size;
    const std::size_t name_begin = end;
    while (end < text_.size() && !ends_word(look(end))) end += raw(end).size;
    const std::string_view name = text_.substr(name_begin, end - name_begin);
    const std::optional<std::string> query = context_.saved(name);
    if (!query && (name.empty() || name.find('.') != std::string_view::npos)) return nullptr;
    if (!query) throw QueryError(trf("there is no saved search \"@{}\"", shown(name)), start, quote_hint());
    for (const Saved* outer = within_; outer != nullptr; outer = outer->within)
      if (outer->name == name) throw QueryError(trf("the saved search \"@{}\" uses itself", name), start);
    at_ = end;
    if (++size_.depth > max_depth) throw QueryError(trf("parentheses are nested more than {} deep", max_depth), start);
    try {
      const Saved saved{name, within_};
      count_node();
      NodePtr node = Parser(*query, context_, size_, &saved, negated_).parse();
      --size_.depth;
      return node;
    } catch (const QueryError& error) {
      const bool here = error.saved().empty();
      const std::string what = error.what();
      throw QueryError(within_ != nullptr ? what : trf("in the saved search \"@{}\": {}", name, what), start, error.hint())
          .within(here ? *query : error.saved(), here ? error.position() : error.saved_position());
    }
  }

  /// @name of a saved search that there is.
  bool is_saved(std::string_view word) const {
    const CodePoint first = decode_utf8(word, 0);
    return context_.saved && (first.value == U'@' || first.value == U'\uFF20') && context_.saved(word.substr(first.size)).has_value();
  }

  NodePtr parse_group() {
    const std::size_t start = at_;
    if (++size_.depth > max_depth)
      throw QueryError(trf("parentheses are nested more than {} deep", max_depth), start);
    step();
    skip_spaces();
    if (look(at_) == U')')
      throw QueryError(tr("nothing stands between these parentheses"), start, quote_hint());
    if (at_end()) throw QueryError(tr("this \"(\" is never closed"), start, quote_hint());
    NodePtr node = parse_or();
    if (at_end()) throw QueryError(tr("this \"(\" is never closed"), start, quote_hint());
    step();
    --size_.depth;
    return node;
  }

  std::string_view parse_phrase() {
    const std::size_t start = at_;
    step();
    const std::size_t begin = at_;
    while (!at_end() && look(at_) != U'"') step();
    if (at_end()) throw QueryError(tr("this quotation mark is never closed"), start);
    const std::string_view phrase = text_.substr(begin, at_ - begin);
    step();
    if (trim(phrase).empty()) throw QueryError(tr("nothing stands between these quotation marks"), start);
    return phrase;
  }

  /// The word from `start` to at_ has a colon. Null: it is a word all the same (a time, an address of the
  /// web).
  NodePtr parse_field(std::size_t start, std::size_t colon) {
    const std::size_t value = colon + raw(colon).size;
    const std::string_view name = text_.substr(start, colon - start);
    const char32_t first = look(value);
    const bool no_value = value >= text_.size() || first == U' ' || first == U')';
    const Field* field = name.empty() ? nullptr : find_field(name, context_.client_words);
    if (!field) {
      if (no_value || name.empty() || !looks_like_field(name, value)) return nullptr;
      throw QueryError(
          trf("there is no field \"{}:\"", shown(name)), start,
          trf("the fields are {}; put a word with a colon in \"quotation marks\"", known_fields()));
    }
    if (group_field_)
      throw QueryError(trf("\"{}:\" cannot stand within the parentheses of another field", name), start);
    if (no_value)
      throw QueryError(trf("\"{}:\" has no value", name), value >= text_.size() ? text_.size() : value,
                       trf("write it without a space, as in {}", field->example));
    if (first == U'"') {
      at_ = value;
      return make_leaf(field, parse_phrase(), value, Style::phrase);
    }
    if (exact_phrase_at(value)) {
      at_ = value;
      step();
      return make_leaf(field, parse_phrase(), value, Style::exact);
    }
    if (first == U'(') {
      at_ = value;
      group_field_ = field;
      NodePtr node = parse_group();
      group_field_ = nullptr;
      return node;
    }
    return make_leaf(field, text_.substr(value, at_ - value), value, Style::word);
  }

  /// `10:30`, `午後3:30`, `https://…` and `:-)` are words; `Price:500` is meant as a field.
  bool looks_like_field(std::string_view name, std::size_t value) const {
    if (text_.substr(value, 2) == "//") return false;
    const char32_t first = raw(static_cast<std::size_t>(name.data() - text_.data())).value;
    char32_t last = first;
    bool letters = true;
    for (std::size_t i = 0; i < name.size();) {
      const CodePoint c = decode_utf8(name, i);
      last = c.value;
      if (c.value < 0x80 && c.value != U'_' && c.value != U'-' && !is_digit(c.value) &&
          !((c.value | 0x20) >= U'a' && (c.value | 0x20) <= U'z'))
        letters = false;
      i += c.size;
    }
    if (!letters || is_digit(first)) return false;
    return !(is_digit(last) && is_digit(look(value)));
  }

  NodePtr make_leaf(const Field* field, std::string_view written, std::size_t position, Style style) {
    count_node();
    auto node = std::make_unique<Node>();
    node->op = field ? Node::Op::field : Node::Op::word;
    node->field = field;
    node->written = to_valid_utf8(written);
    if (!field) {
      set_forms(*node, position, style);
      return node;
    }
    switch (field->kind) {
    case FieldKind::text:
      if (style == Style::word && is_saved(written))
        throw QueryError(trf("a saved search stands for whole queries, and cannot be the value of \"{}:\"", field->name), position, quote_hint());
      set_forms(*node, position, style);
      break;
    case FieldKind::people:
      node->name = std::make_shared<const NameQuery>(node->written);
      node->exact = style == Style::exact;
      [[fallthrough]];
    case FieldKind::account:
      set_folded(*node, position);
      break;
    case FieldKind::client:
      set_client(*node);
      break;
    case FieldKind::annotated:
      set_annotated(*node, position);
      break;
    case FieldKind::channel:
      set_channel(*node, position);
      break;
    case FieldKind::date:
      set_date(*node, position);
      break;
    case FieldKind::price:
      set_price(*node, position);
      break;
    case FieldKind::due:
      set_date(*node, position);
      node->least = day_of(node->begin);
      node->greatest = node->end == INT64_MAX ? INT64_MAX : day_of(node->end - 1);
      break;
    case FieldKind::has:
      set_has(*node, position);
      break;
    case FieldKind::is:
      set_is(*node, position);
      break;
    }
    return node;
  }

  void set_forms(Node& node, std::size_t position, Style style) const {
    const bool open = style == Style::word && cut_star(node.written);
    set_folded(node, position);
    node.exact = style == Style::exact;
    node.open_end = open;
    const Widening widening = style != Style::word ? Widening::none : negated_ ? Widening::spellings : Widening::all;
    node.forms = forms_of(node.written, node.folded, widening, open, context_);
  }

  /// Takes the * off word*; false if it has none, or is nothing else.
  static bool cut_star(std::string& written) {
    for (const std::string_view star : {"*", "＊"})
      if (written.size() > star.size() && written.ends_with(star)) {
        written.resize(written.size() - star.size());
        return true;
      }
    return false;
  }

  static void set_folded(Node& node, std::size_t position) {
    node.folded = fold_needle(node.written);
    if (node.folded.empty())
      throw QueryError(trf("\"{}\" holds nothing that can be looked for", shown(node.written)), position,
                       tr("decoration such as emoji and stars is passed over in searches"));
  }

  void set_client(Node& node) const {
    if (context_.clients) node.identifiers = context_.clients(trim(node.written));
    std::sort(node.identifiers.begin(), node.identifiers.end());
    node.identifiers.erase(std::unique(node.identifiers.begin(), node.identifiers.end()),
                           node.identifiers.end());
  }

  void set_annotated(Node& node, std::size_t position) const {
    if (!context_.annotated) return;
    Annotated found = context_.annotated(node.field->name, trim(node.written));
    if (!found.wrong.empty()) throw QueryError(trf("there is no mark \"{}\"", shown(node.written)), position, found.wrong);
    node.identifiers = std::move(found.identifiers);
    node.messages = std::move(found.messages);
    node.others = found.others;
    std::sort(node.identifiers.begin(), node.identifiers.end());
    std::sort(node.messages.begin(), node.messages.end());
  }

  static void set_channel(Node& node, std::size_t position) {
    const auto channel = find_channel(trim(node.written));
    if (!channel)
      throw QueryError(trf("there is no channel \"{}\"", shown(node.written)), position,
                       trf("the channels are {}", known_channels()));
    node.channel = *channel;
  }

  void set_date(Node& node, std::size_t position) const {
    const std::string_view written = trim(node.written);
    const auto span = parse_day_range(written, context_.now, context_.offset_minutes);
    if (!span && is_range_of_days(written))
      throw QueryError(trf("the range \"{}\" ends before it begins", shown(node.written)), position);
    if (!span)
      throw QueryError(trf("\"{}\" is not a date", shown(node.written)), position,
                       tr("write for example 2024-04-01, 2024年4月, 去年, 2024-01..2024-03 or 2024-04.."));
    node.begin = span->begin;
    node.end = span->end;
  }

  bool is_range_of_days(std::string_view written) const {
    const std::size_t dots = written.find("..");
    const auto is_day = [&](std::string_view day) {
      return parse_day_span(trim(day), context_.now, context_.offset_minutes).has_value();
    };
    return dots != std::string_view::npos && is_day(written.substr(0, dots)) &&
           is_day(written.substr(dots + 2));
  }

  std::int64_t day_of(UtcSeconds utc) const {
    return utc == INT64_MIN ? INT64_MIN : days_from_civil(civil_day(utc, context_.offset_minutes));
  }

  static void set_price(Node& node, std::size_t position) {
    const auto range = facts::yen_range(node.written);
    if (!range)
      throw QueryError(trf("\"{}\" is not an amount", shown(node.written)), position, tr("write for example 55000, 5万円, 50000..100000 or 5万.."));
    node.least = range->least;
    node.greatest = range->greatest;
    if (node.least > node.greatest) throw QueryError(trf("the first amount of \"{}\" is greater than the second", shown(node.written)), position);
  }

  static void set_has(Node& node, std::size_t position) {
    const auto it = find_value(has_names, trim(node.written));
    if (it == has_names.end())
      throw QueryError(trf("has: does not know \"{}\"", shown(node.written)), position,
                       trf("it knows {}", known_values(has_names)));
    node.folded = it->name;
  }

  static void set_is(Node& node, std::size_t position) {
    const auto it = find_value(is_names, trim(node.written));
    if (it == is_names.end())
      throw QueryError(trf("is: does not know \"{}\"", shown(node.written)), position,
                       trf("it knows {}", known_values(is_names)));
    node.flag = it->flag;
    node.act = it->act;
    node.folded = it->name;
  }

  std::string_view text_;
  const QueryContext& context_;
  std::size_t at_ = 0;
  Size& size_;
  const Field* group_field_ = nullptr;
  const Saved* within_;
  bool negated_; ///< under an odd number of NOTs
};

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string dump_time(UtcSeconds utc) {
  if (utc == INT64_MIN || utc == INT64_MAX) return "*";
  return iso8601({utc, japan_offset_minutes});
}

std::string dump_text(const Node& node) {
  if (node.exact) return "=" + in_quotes(node.written);
  return in_quotes(node.folded) + (node.open_end ? "*" : "");
}

std::string dump_field(const Node& node) {
  const std::string_view name = node.field->name;
  switch (node.field->kind) {
  case FieldKind::channel:
    return fmt::format("({} {})", name, channel_name(node.channel));
  case FieldKind::date:
    return fmt::format("({} {} {})", name, dump_time(node.begin), dump_time(node.end));
  case FieldKind::price:
  case FieldKind::due:
    return fmt::format("({} {} {})", name, node.least == INT64_MIN ? "*" : std::to_string(node.least),
                       node.greatest == INT64_MAX ? "*" : std::to_string(node.greatest));
  case FieldKind::has:
  case FieldKind::is:
    return fmt::format("({} {})", name, node.folded);
  case FieldKind::annotated:
  case FieldKind::client: {
    std::string out = fmt::format("({} {}", name, in_quotes(node.written));
    for (const std::string& identifier : node.identifiers) out += ' ' + identifier;
    for (const Sha256& message : node.messages) out += ' ' + message.hex().substr(0, 12);
    return node.others ? "(not " + out + "))" : out + ')';
  }
  case FieldKind::text:
    return fmt::format("({} {})", name, dump_text(node));
  case FieldKind::people:
    return fmt::format("({} {})", name, dump_text(node));
  case FieldKind::account:
    break;
  }
  return fmt::format("({} {})", name, in_quotes(node.folded));
}

std::string dump_children(std::string_view op, const Node& node) {
  std::string out = fmt::format("({}", op);
  for (const NodePtr& child : node.children) out += ' ' + dump(*child);
  return out + ')';
}

} // namespace

std::unique_ptr<Node> parse_query(std::string_view query, const QueryContext& context) {
  Parser::Size size;
  return Parser(query, context, size).parse();
}

std::string dump(const Node& node) {
  switch (node.op) {
  case Node::Op::all:
    return "(all)";
  case Node::Op::word:
    return dump_text(node);
  case Node::Op::field:
    return dump_field(node);
  case Node::Op::and_:
    return dump_children("and", node);
  case Node::Op::or_:
    return dump_children("or", node);
  case Node::Op::not_:
    return dump_children("not", node);
  }
  return {};
}

std::unique_ptr<Node> and_nodes(std::unique_ptr<Node> a, std::unique_ptr<Node> b) {
  if (!a || (b && a->op == Node::Op::all)) return b;
  if (!b || b->op == Node::Op::all) return a;
  std::vector<NodePtr> parts;
  parts.push_back(std::move(a));
  parts.push_back(std::move(b));
  return join(Node::Op::and_, std::move(parts));
}

} // namespace genchi::index
