// What things are called in prices, and when two names mean one thing: トップページ制作, TOPページの制作 and トップ制作費.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace genchi::facts {

/// What an item is compared by; names with the same key are names of one thing. "" for what names nothing: a sum, the tax.
///
/// Not told apart: spellings (fold(), okurigana, 二つ and 2つ, お and ご, a few loan words written in letters or kana), の between
/// nouns, words that say only that it is done or costs something (制作 作業 工事 費 代 料金 一式 …; not when nothing else would be
/// left), ページ at the end, counts (1,000枚 9P 3名様 ×2), months it is for (4月分), and conditions in brackets (税別 特急
/// 初回). Everything else keeps things apart: カット and カット＋カラー, A4 and A5, 3か月コース and 6か月コース, 片面 and 両面.
/// Linear; some 20 µs. Any thread.
std::string item_key(std::string_view item);

/// What stands near a price and may explain it: 特急, 値引き, a quantity, a number of pages. As written, in order, each once.
/// `around`: the words of the message around it.
std::vector<std::string> conditions(std::string_view item, std::string_view around);

}  // namespace genchi::facts
