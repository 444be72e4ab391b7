#include <algorithm>
#include <array>

#include "facts/amount_cells.hpp"
#include "facts/amount_parts.hpp"

namespace genchi::facts {
namespace {

using View = std::u32string_view;

constexpr std::size_t longest_row = 400; // characters; a longer line is no row of a table
constexpr std::size_t longest_heading = 18;
constexpr std::size_t longest_label = 60;

struct Heading {
  Column column = Column::none;
  Span span;
  std::size_t from = 0, to = 0; // places in half-widths on its line
};

class Layout {
 public:
  explicit Layout(Reading& reading) : reading_(reading), text_(reading.text), cues_(reading.cues) {}

  void run() {
    whole_ = cues_.kinds_in(0, text_.size());
    for (const Candidate& each : reading_.all)
      has_sure_ = has_sure_ || each.figure.evidence == Evidence::sure;
    const std::vector<Text::Line>& lines = text_.lines();
    for (std::size_t number = 0; number < lines.size(); ++number) {
      if (!lines[number].own) {
        close_table();
        close_block();
        continue;
      }
      begin_ = next_;
      while (next_ < reading_.all.size() && reading_.all[next_].figure.span.begin < lines[number].span.end) {
        reading_.all[next_].line = number;
        ++next_;
      }
      read_line(trimmed(text_, lines[number].span));
    }
    close_block();
  }

 private:
  void read_line(Span line) {
    if (line.empty()) {
      if (++blank_lines_ >= 2) close_table(), close_block();
      return;
    }
    blank_lines_ = 0;
    if (is_rule(line)) return;
    if (line.size() <= longest_row && read_heading(line)) return;
    if (begin_ == next_) {
      // A line of words: a row's continuation, or the end of the table.
      if (ends_talk(line) || ++idle_lines_ > 2) close_table();
      if (ends_talk(line)) close_block();
      return;
    }
    idle_lines_ = 0;
    const bool short_line = line.size() <= longest_row;
    if (!columns_.empty() && short_line && read_row(line)) return;
    if (ends_talk(line)) close_table(), close_block();
    for (std::size_t i = begin_; i < next_; ++i) judge(i, line);
    for (std::size_t i = next_ - 1; i > begin_; --i) // 人工芝　35㎡　@4,800　168,000円
      if (reading_.all[i].row && reading_.all[i - 1].money &&
          no_talk(reading_.all[i - 1].figure.span.end, reading_.all[i].figure.span.begin))
        reading_.all[i - 1].row = true;
    if (short_line) parts_of_sum();
    if (short_line) bare_row(line);
  }

  /// 前輪 6,600 後輪 7,700 計14,300: figures that come to the sum behind them.
  void parts_of_sum() {
    for (std::size_t sum = begin_ + 2; sum < next_; ++sum) {
      const Candidate& whole = reading_.all[sum];
      if (!whole.money || whole.figure.currency != "JPY") continue;
      std::int64_t so_far = 0;
      for (std::size_t k = sum; k-- > begin_ && so_far < whole.yen();) {
        const Figure& part = reading_.all[k].figure;
        if (part.currency != "JPY" || part.decimals != 0 || part.value < 100) break;
        so_far += part.value;
        if (so_far != whole.yen() || sum - k < 2) continue;
        for (std::size_t m = k; m < sum; ++m) {
          if (reading_.all[m].money) continue;
          reading_.all[m].money = true;
          reading_.all[m].figure.rule = "amount.part";
        }
      }
    }
  }

  bool is_rule(Span line) const {
    for (std::size_t at = line.begin; at < line.end; ++at)
      if (!one_of(text_[at], U"-=_*+|~・.:ー┼├┤┌┐└┘┬┴━═│┃─ \t＿…★☆◆◇■□●○")) return false;
    return true;
  }

  bool ends_talk(Span line) const {
    const char32_t last = text_[line.end - 1];
    if (one_of(last, U"。!？?！")) return true;
    for (const View word :
         {View(U"です"), View(U"ます"), View(U"ください"), View(U"ました"), View(U"ません")})
      if (text_.ends_with(line.end, word)) return true;
    return false;
  }

  // --- tables with a heading

  Column column_of(Span cell) const {
    using namespace word;
    const Kinds kinds = cues_.kinds_in(cell.begin, cell.end);
    if (kinds & (each)) return Column::each;
    if (kinds & tax_line) return Column::tax;
    if (kinds & (money | total | subtotal | agreed | billed | tax_in | tax_ex) && !(kinds & col_item))
      return Column::amount;
    if (kinds & less) return Column::amount;
    if (kinds & (col_count | count_word)) return Column::count;
    if (kinds & col_item) return Column::item;
    if (kinds & (col_unit | col_other | number_word)) return Column::other;
    if (kinds & col_spec) return Column::other;
    const View cell_text = text_.chars(cell);
    if (cell_text == U"円" || cell_text == U"(円)") return Column::amount;
    if (cell_text == U"#" || cell_text == U"№" || cell_text == U"No" || cell_text == U"No.")
      return Column::other;
    return Column::none;
  }

  bool read_heading(Span line) {
    for (std::size_t i = begin_; i < next_; ++i) {
      const Figure& figure = reading_.all[i].figure;
      if (figure.evidence != Evidence::bare || figure.grouped) return false;
      // 合計 253000: a sum without separators; 部数 50 100 and 2024 2025 may head columns.
      const bool year = figure.value >= 1900 && figure.value <= 2100;
      if (figure.value >= 1000 && !year && ends_cell(figure.span.end, line) && starts_cell(figure.span.begin, line)) return false;
    }
    const Kinds kinds = cues_.kinds_in(line.begin, line.end);
    using namespace word;
    if (!(kinds & (money | each | total | subtotal | tax_in | tax_ex))) return false;
    bool tabs = false, bars = false;
    for (std::size_t at = line.begin; at < line.end; ++at) {
      tabs = tabs || text_[at] == '\t';
      bars = bars || is_bar(text_[at]);
    }
    if (tabs) return take_heading(line, Parting::tab);
    if (bars) return take_heading(line, Parting::bar);
    return take_heading(line, Parting::wide) || take_heading(line, Parting::any);
  }

  bool starts_cell(std::size_t at, Span line) const { return at == line.begin || is_blank(text_[at - 1]) || is_bar(text_[at - 1]); }
  bool ends_cell(std::size_t at, Span line) const { return at >= line.end || is_blank(text_[at]) || is_bar(text_[at]); }

  bool take_heading(Span line, Parting parting) {
    const std::vector<Span> cells = cells_of(text_, line, parting);
    if (cells.size() < 2) return false;
    std::vector<Heading> columns;
    std::size_t known = 0, of_money = 0;
    for (const Span cell : cells) {
      if (cell.size() > longest_heading) return false;
      for (const char32_t c : text_.chars(cell))
        if (one_of(c, U":。、!?")) return false;
      Heading heading{column_of(cell), cell, width_between(text_, line.begin, cell.begin), 0};
      heading.to = heading.from + width_between(text_, cell.begin, cell.end);
      if (heading.column != Column::none) ++known;
      if (heading.column == Column::amount || heading.column == Column::each) ++of_money;
      columns.push_back(heading);
    }
    if (of_money == 0 || known * 2 < columns.size() || (known < 2 && columns.size() > 2)) return false;
    if (of_money == known && columns.front().column != Column::none) {
      // 金額 税込: no heading of items; then it is no table either, unless the cells say what they part.
      if (parting != Parting::tab && parting != Parting::bar) return false;
    }
    const bool has_item = std::any_of(columns.begin(), columns.end(),
                                      [](const Heading& each) { return each.column == Column::item; });
    if (!has_item)
      for (Heading& each : columns)
        if (each.column == Column::none) {
          each.column = Column::item;
          break;
        }
    close_block();
    columns_ = std::move(columns);
    parting_ = parting;
    reading_.headings.push_back(line);
    idle_lines_ = 0;
    return true;
  }

  void close_table() { columns_.clear(); }

  std::size_t column_index(Column column, bool last = false) const {
    std::size_t found = columns_.size();
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i].column == column && (last || found == columns_.size())) found = i;
    return found;
  }

  /// A cell that is a figure: digits, signs, unit, brackets.
  bool numeric(Span cell) const {
    std::size_t at = cell.begin;
    while (at < cell.end && one_of(text_[at], U"¥\\▲△▼-+@$(× ")) ++at;
    return at < cell.end && (is_digit(text_[at]) || (is_kanji_number(text_[at]) && cell.size() <= 3));
  }

  /// For each cell of the row, the column it stands in.
  std::vector<std::size_t> place(Span line, std::vector<Span>& cells) const {
    const std::size_t none = columns_.size();
    std::vector<std::size_t> at(cells.size(), none);
    const auto straight = [&] {
      for (std::size_t i = 0; i < at.size() && i < columns_.size(); ++i) at[i] = i;
    };
    if (cells.size() == columns_.size()) {
      straight();
      return at;
    }
    if (parting_ == Parting::tab || parting_ == Parting::bar) {
      if (cells.size() > columns_.size()) {
        straight();
        return at;
      }
    }
    // Fewer or more cells than headings: figures go to the columns of figures nearest to them, from the
    // right.
    std::size_t last = columns_.size();
    for (std::size_t i = cells.size(); i-- > 0;) {
      if (!numeric(cells[i])) continue;
      std::size_t best = none, best_distance = ~std::size_t{0};
      const std::size_t from = width_between(text_, line.begin, cells[i].begin);
      const std::size_t to = from + width_between(text_, cells[i].begin, cells[i].end);
      for (std::size_t k = 0; k < last; ++k) {
        const Column column = columns_[k].column;
        if (column == Column::item || column == Column::none || column == Column::other) continue;
        const auto apart = [](std::size_t a, std::size_t b) { return a > b ? a - b : b - a; };
        std::size_t distance = std::min(apart(from, columns_[k].from), apart(to, columns_[k].to));
        if (parting_ == Parting::tab || parting_ == Parting::bar) distance = columns_.size() - k;
        if (distance < best_distance || (distance == best_distance && column == Column::amount))
          best = k, best_distance = distance;
      }
      if (best == none) break;
      // The last figure of a row is its amount unless another column is clearly meant.
      if (last == columns_.size() && parting_ != Parting::wide)
        best = std::max(best, std::min(column_index(Column::amount, true), none));
      if (best == none) break;
      at[i] = best;
      last = best;
    }
    return at;
  }

  bool read_row(Span line) {
    std::vector<Span> cells = cells_of(text_, line, parting_);
    if (parting_ == Parting::wide && cells.size() != columns_.size()) {
      std::vector<Span> finer = cells_of(text_, line, Parting::any);
      if (finer.size() == columns_.size()) cells = std::move(finer);
    }
    if (cells.size() < 2) return false;
    const std::vector<std::size_t> places = place(line, cells);
    std::optional<std::int64_t> quantity, unit_yen;
    std::vector<std::size_t> taken;
    std::size_t first_figure = line.end;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (places[i] >= columns_.size()) continue;
      const Span cell = cells[i];
      const Column column = columns_[places[i]].column;
      if (column == Column::count && numeric(cell)) {
        const auto number = number_at(text_, cell.begin);
        if (number && number->whole()) quantity = number->value;
        first_figure = std::min(first_figure, cell.begin);
      }
      if (column != Column::amount && column != Column::each && column != Column::tax) continue;
      for (std::size_t k = begin_; k < next_; ++k) {
        Candidate& each = reading_.all[k];
        if (each.figure.span.begin < cell.begin || each.figure.span.begin >= cell.end) continue;
        if (each.figure.evidence == Evidence::bare && !fills(cell, each.figure)) continue;
        each.column = column;
        each.money = each.row = true;
        if (each.figure.rule.empty() || each.figure.evidence == Evidence::bare)
          each.figure.rule = "amount.column";
        each.tax = column_tax(columns_[places[i]].span);
        if (column == Column::each) each.unit = true, unit_yen = each.yen();
        taken.push_back(k);
        first_figure = std::min(first_figure, cell.begin);
      }
    }
    if (taken.empty()) return false;
    const Span item = row_item(cells, places, first_figure);
    for (std::size_t k = begin_; k < next_; ++k) {
      Candidate& each = reading_.all[k];
      if (!each.money) { // 500円 in a cell of words
        if (each.figure.evidence == Evidence::bare) continue;
        each.money = true;
      }
      each.item = each.label = item;
      each.row = true;
    }
    for (const std::size_t k : taken) {
      Candidate& each = reading_.all[k];
      if (each.column == Column::tax) continue;
      each.quantity = quantity;
      each.unit_yen = unit_yen;
      scale(each);
    }
    return true;
  }

  /// 金額（千円） above a column, or 単位：千円 over the table.
  void scale(Candidate& each) const {
    if (each.figure.evidence != Evidence::bare) return;
    if (whole_ & word::note_thousand)
      each.figure.value *= 1000;
    else if (whole_ & word::note_man)
      each.figure.value *= 10'000;
    if (each.figure.value > 1'000'000'000'000'000) each.figure.value = 1'000'000'000'000'000;
  }

  bool fills(Span cell, const Figure& figure) const {
    std::size_t end = figure.span.end;
    while (end < cell.end && one_of(text_[end], U"-ー*※.) 円")) ++end;
    if (end < cell.end && text_[end] == '(') return true;
    return end == cell.end && figure.span.begin <= cell.begin + 2;
  }

  Tax column_tax(Span heading) const {
    const Kinds kinds = cues_.kinds_in(heading.begin, heading.end);
    if (kinds & word::tax_in) return Tax::included;
    if (kinds & word::tax_ex) return Tax::excluded;
    return Tax::unknown;
  }

  Span row_item(const std::vector<Span>& cells, const std::vector<std::size_t>& places,
                std::size_t first_figure) const {
    const std::size_t wanted = column_index(Column::item);
    if (cells.size() == columns_.size() && wanted < cells.size() && !cells[wanted].empty())
      return cells[wanted];
    if ((parting_ == Parting::tab || parting_ == Parting::bar) && cells.size() > columns_.size() &&
        wanted < cells.size())
      return cells[wanted];
    Span item;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].begin >= first_figure || cells[i].empty()) continue;
      if (places[i] < columns_.size() && columns_[places[i]].column != Column::item) continue;
      if (numeric(cells[i]) && (item.empty() || i > 0)) continue;
      if (item.empty())
        item = cells[i];
      else if (parting_ != Parting::tab && parting_ != Parting::bar)
        item.end = cells[i].end;
    }
    return item;
  }

  // --- lists and talk

  /// Is this figure money by what stands right around it?
  void judge(std::size_t index, Span line) {
    Candidate& each = reading_.all[index];
    Figure& figure = each.figure;
    each.row = row_shape(each, line);
    if (figure.evidence == Evidence::sure) {
      each.money = true;
      return;
    }
    const std::size_t previous = index > begin_ ? reading_.all[index - 1].figure.span.end : line.begin;
    const std::size_t from = std::max(previous, figure.span.begin > sight ? figure.span.begin - sight : 0);
    if (figure.evidence == Evidence::likely) {
      each.money = likely_money(index, from, line);
      return;
    }
    if (bare_money(index, from, line)) {
      each.money = true;
      figure.rule = "amount.label";
      scale(each);
      if (figure.range_second && index > begin_) reading_.all[index - 1].money = true;
    } else if (figure.range_second && index > begin_ && reading_.all[index - 1].money) {
      each.money = true;
      figure.rule = "amount.range";
    }
    if (each.money && figure.rule.empty()) figure.rule = "amount.label";
  }

  /// 12万, 8千: money unless something else is counted.
  bool likely_money(std::size_t index, std::size_t from, Span line) const {
    const Figure& figure = reading_.all[index].figure;
    if (figure.range_second && index > begin_ && reading_.all[index - 1].figure.evidence == Evidence::sure)
      return true;
    const std::size_t to = std::min(line.end, figure.span.end + 20);
    const Kinds before = cues_.kinds_in(from, figure.span.begin);
    const Kinds behind = cues_.kinds_in(figure.span.end, to);
    constexpr Kinds not_money = word::count_word | word::number_word;
    constexpr Kinds of_money = word::tax_in | word::tax_ex | word::total | word::subtotal | word::money |
                               word::each | word::budget | word::less | word::extra | word::bill |
                               word::billed | word::paid | word::pay_later | word::quote | word::old |
                               word::list_price | word::refuse;
    if (figure.plus || figure.negative || figure.at_sign) return true;
    if ((before & of_money) && !(before & not_money)) return true;
    if (before & not_money) return false;
    if (behind & word::count_word) return false;
    if (behind & (word::tax_in | word::tax_ex)) return true;
    const bool figures = is_digit(text_[figure.number.begin]);
    if (asks(figure.span.end, line)) return true;
    for (const View word :
         {View(U"のやつ"), View(U"のプラン"), View(U"のコース"), View(U"の方"), View(U"のほう"),
          View(U"のセット"), View(U"の案"), View(U"のもの"), View(U"のと")})
      if (text_.starts_with(figure.span.end, word)) return true;
    if (figures && figure.value < 10'000 && !(behind & of_money) && !(whole_ & of_money) && !has_sure_)
      return false;
    if (!figures && !(behind & of_money) && !(whole_ & of_money) && !has_sure_) return false;
    const std::size_t end = figure.span.end;
    for (const View word :
         {View(U"も来"), View(U"が来"), View(U"に達"), View(U"を突破"), View(U"以上の方"), View(U"超えの")})
      if (text_.starts_with(end, word)) return false;
    for (const View word : {View(U"の"), View(U"に"), View(U"も"), View(U"超")})
      if (text_.starts_with(end, word) && !(behind & of_money) && !(whole_ & of_money) && !has_sure_)
        return false;
    return true;
  }

  bool joins(std::size_t begin, std::size_t end) const {
    if (end < begin || end - begin > 8) return false;
    for (std::size_t at = begin; at < end; ++at)
      if (!one_of(text_[at], U":：=はがもで、 \t約¥\\()[]【】「」『』]/…・.-|│にをと計額りもの"))
        return false;
    return true;
  }

  /// みどり銀行 北支店 普通 1234567
  bool is_account(const Figure& figure, Span line) const {
    const std::size_t digits = figure.number.size();
    return !figure.grouped && digits >= 6 && digits <= 8 &&
           cues_.kinds_in(line.begin, figure.span.begin) & word::account;
  }

  /// A figure without unit: `金額：55000`, `500,000以内で` after 予算, `55000（税込）`, `168円×500＝84,000`.
  bool bare_money(std::size_t index, std::size_t from, Span line) const {
    const Figure& figure = reading_.all[index].figure;
    const bool large = figure.grouped || figure.value >= 100 || figure.negative;
    const std::size_t begin = figure.span.begin, end = figure.span.end;
    if (is_account(figure, line)) return false;
    if (figure.dash_end && figure.grouped) return true;
    const auto year = [&] { return !figure.grouped && figure.value >= 1900 && figure.value <= 2100; };
    const auto behind = cues_.in(end, std::min(line.end, end + 12));
    if (large && !behind.empty() && behind.front().kinds & (word::tax_in | word::tax_ex) && !year() &&
        joins(end, behind.front().span.begin))
      return true;
    const auto before = cues_.in(from, begin);
    if (!before.empty()) {
      const WordCue& nearest = before.back();
      constexpr Kinds names = word::money | word::total | word::subtotal | word::tax_line | word::tax_in |
                              word::tax_ex | word::each | word::budget | word::billed | word::agreed |
                              word::less;
      bool counts = false;
      for (const WordCue& cue : before) counts = counts || cue.kinds & (word::number_word | word::count_word);
      if (!counts && nearest.kinds & names && joins(nearest.span.end, begin) && !counted(end)) {
        if (year() && !each_line_label(nearest, begin)) return false;
        if (large || nearest.kinds & (word::each) || figure.value == 0) return true;
      }
      if (!counts && figure.grouped && nearest.kinds & (names | word::quote) && asks(end, line)) return true;
    }
    if (text_[text_.before_blanks(begin) - 1] == '=' && index > begin_ && reading_.all[index - 1].money &&
        large)
      return true;
    if (cues_.kinds_in(from, begin) & (word::count_word | word::number_word) || year()) return false;
    if (!asks(end, line)) {
      const bool told = text_.starts_with(end, U"になり") || text_.starts_with(end, U"いただき") ||
                        text_.starts_with(end, U"頂き") || text_.starts_with(end, U"かかり") ||
                        text_.starts_with(end, U"頂戴") || text_.starts_with(end, U"です");
      return told && figure.value >= 1000 && figure.value % 10 == 0 &&
             (has_sure_ || whole_ & (word::quote | word::total | word::tax_in | word::tax_ex));
    }
    if (figure.grouped) return true;
    if (figure.value >= 3000 && figure.value % 100 == 0)
      return figure.value >= 10'000 || whole_ & (word::money | word::quote | word::budget);
    return false;
  }

  bool each_line_label(const WordCue& nearest, std::size_t begin) const {
    return one_of(text_[text_.skip_blanks(nearest.span.end)], U":=") ||
           text_.skip_blanks(nearest.span.end) == begin;
  }

  bool counted(std::size_t end) const {
    const std::size_t next = text_.skip_blanks(end);
    if (counter_end(text_, next) == next) return false;
    return next - end <= 1;
  }

  /// 〜で[お願い いかが できますか …]
  bool asks(std::size_t end, Span line) const {
    if (text_.starts_with(end, U"以内") || text_.starts_with(end, U"までで")) return true;
    if (!text_.starts_with(end, U"で") && !text_.starts_with(end, U"くらいで") &&
        !text_.starts_with(end, U"ぐらいで"))
      return false;
    const auto behind = cues_.in(end, std::min(line.end, end + 14));
    return !behind.empty() && std::any_of(behind.begin(), behind.end(), [](const WordCue& cue) {
      return cue.kinds & (word::ask | word::less_done);
    });
  }

  /// A label before it, nothing but brackets behind it.
  bool row_shape(const Candidate& each, Span line) const {
    const Figure& figure = each.figure;
    if (figure.span.begin - line.begin > longest_label + 20) return false;
    std::size_t at = text_.skip_blanks(figure.span.end);
    for (const View word : {View(U"~"), View(U"税込"), View(U"税別"), View(U"税抜"), View(U"+税"),
                            View(U"+ 税"), View(U"込"), View(U"み"), View(U"き"), View(U"也")})
      if (text_.starts_with(at, word)) at = text_.skip_blanks(at + word.size());
    if (at < line.end && text_[at] == '/') return tail_is_short(at, line);
    if (at < line.end && !one_of(text_[at], U"(※*|│<←[【,、×x") && text_[at] != '\t') return false;
    if ((text_[at] == U'、' || text_[at] == ',') && at + 1 < line.end) return false;
    if (at < line.end && text_[at] == '(') { // what follows the bracket must not go on talking
      std::size_t close = at;
      while (close < line.end && text_[close] != ')' && close - at < 40) ++close;
      const std::size_t after = text_.skip_blanks(close + 1);
      if (after < line.end && !one_of(text_[after], U"(※*|│←【~×x")) return false;
    }
    const std::size_t before = figure.span.begin;
    if (before == line.begin) return false;
    return one_of(text_[before - 1], U" \t:=…・.-ー─|│)】」』]→>") || is_kanji(text_[before - 1]) ||
           is_katakana(text_[before - 1]);
  }

  bool no_talk(std::size_t begin, std::size_t end) const {
    if (end - begin > 24) return false;
    for (std::size_t at = begin; at < end; ++at)
      if (is_hiragana(text_[at]) || one_of(text_[at], U"、。!?")) return false;
    return true;
  }

  bool tail_is_short(std::size_t at, Span line) const { return line.end - at <= 8; }

  /// Rows whose figure has no unit wait for what the rest of the block says.
  void bare_row(Span line) {
    for (std::size_t i = begin_; i < next_; ++i) {
      const Candidate& each = reading_.all[i];
      if (each.money && each.row) block_is_money_ = true;
    }
    Candidate& last = reading_.all[next_ - 1];
    const Kinds label = cues_.kinds_in(line.begin, last.figure.span.begin);
    if (label & (word::total | word::subtotal | word::tax_line) && last.money) block_is_money_ = true;
    if (last.money || last.figure.evidence != Evidence::bare || !last.row) return;
    const Figure& figure = last.figure;
    if (is_account(figure, line)) return;
    for (const WordCue& cue : cues_.in(line.begin, figure.span.begin))
      if (cue.kinds & (word::number_word | word::count_word) && figure.span.begin - cue.span.end <= 6) return;
    if (!figure.grouped && figure.value < 100 && figure.value != 0 && !figure.negative) return;
    if (!figure.grouped && figure.value >= 1900 && figure.value <= 2100) return;
    const char32_t before = text_[figure.span.begin - 1];
    if (!one_of(before, U" \t:=…・.|│)】」』]¥") && !is_kanji(before)) return;
    waiting_.push_back(next_ - 1);
  }

  void close_block() {
    const bool note = whole_ & (word::note_yen | word::note_thousand | word::note_man);
    const bool deal = whole_ & (word::quote | word::bill | word::billed | word::money) &&
                      waiting_.size() >= 2 &&
                      std::all_of(waiting_.begin(), waiting_.end(),
                                  [&](std::size_t i) { return reading_.all[i].figure.grouped; });
    if (block_is_money_ || note || deal)
      for (const std::size_t i : waiting_) {
        Candidate& each = reading_.all[i];
        each.money = true;
        each.figure.rule = "amount.list";
        scale(each);
      }
    waiting_.clear();
    block_is_money_ = false;
  }

  Reading& reading_;
  const Text& text_;
  const WordCues& cues_;
  Kinds whole_ = 0;
  bool has_sure_ = false;
  std::size_t begin_ = 0, next_ = 0; // candidates of the line that is read
  std::size_t blank_lines_ = 0, idle_lines_ = 0;
  std::vector<Heading> columns_;
  Parting parting_ = Parting::tab;
  std::vector<std::size_t> waiting_;
  bool block_is_money_ = false;
};

} // namespace

void find_layout(Reading& reading) {
  Layout(reading).run();
  std::erase_if(reading.all, [](const Candidate& each) { return !each.money; });
}

Around around(const Reading& reading, std::size_t index) {
  const Text& text = reading.text;
  const Candidate& each = reading.all[index];
  const Span line = text.lines()[each.line].span;
  const auto stops = [&](std::size_t at) { return one_of(text[at], U"。！？!?｡"); };
  Around out;
  const std::size_t begin = each.figure.span.begin, end = each.figure.span.end;
  std::size_t from = begin;
  while (from > line.begin && begin - from < sight * 2 && !stops(from - 1)) --from;
  std::size_t to = end;
  while (to < line.end && to - end < sight * 2 && !stops(to)) ++to;
  out.sentence = {from, to};
  std::size_t before = std::max(from, begin > sight ? begin - sight : 0);
  if (index > 0 && reading.all[index - 1].line == each.line)
    before = std::max(before, reading.all[index - 1].figure.span.end);
  std::size_t behind = std::min(to, end + sight);
  if (index + 1 < reading.all.size() && reading.all[index + 1].line == each.line)
    behind = std::min(behind, reading.all[index + 1].figure.span.begin);
  out.before = {std::min(before, begin), begin};
  out.behind = {end, std::max(end, behind)};
  return out;
}

} // namespace genchi::facts
