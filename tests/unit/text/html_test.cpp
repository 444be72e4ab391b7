#include "text/html.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "base/bytes.hpp"

using genchi::html_to_text;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

struct Row {
  std::string html;
  std::string text;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.html);
    CHECK(html_to_text(row.html) == row.text);
  }
}

} // namespace

TEST_CASE("Blocks and line breaks") {
  check({
      {"", ""},
      {" \n ", ""},
      {"お見積り", "お見積り"},
      {"a<br>b<br/>c", "a\nb\nc"},
      {"a<br><br>b", "a\n\nb"},
      {"<div>a</div><div>b</div>", "a\nb"},
      {"<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
      {"<div><div><div>a</div></div></div>b", "a\nb"},
      {"<p>a</p><p>b</p>", "a\n\nb"},
      {"<p>a<p>b", "a\n\nb"},
      {"a</p>b", "a\n\nb"},
      {"<h1>a</h1>b", "a\n\nb"},
      {"<p class=MsoNormal>a</p>\n<p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>\n<p "
       "class=MsoNormal>b<o:p></o:p></p>",
       "a\n\nb"},
      {"<p style=\"margin:0mm\">a</p><p style=\"margin: 0\">b</p>", "a\nb"},
      {"a<br><br><br><br><br><br>b", "a\n\n\nb"},
      {"<br><p></p><br>a<br><br></p>", "a"},
      {"a<hr>b", "a\n\nb"},
      {"<ul><li>a</li><li>b</li></ul>", "・a\n・b"},
      {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "・a\n・b\n・c\n・d\ne"},
      {"<ol><li><p>a</p></li><li></li><li><div>b</div></li></ol>", "・a\n\n・b"},
      {"<dl><dt>納期<dd>4月末</dl>", "納期\n4月末"},
      {"<b>bold <i>both</b> it</i> on", "bold both it on"},
  });
}

TEST_CASE("White space is collapsed as in a browser") {
  check({
      {"a  b\n\tc", "a b c"},
      {"a <b> b</b>", "a b"},
      {"<b>a</b> <i>b</i>", "a b"},
      {"<p> a </p> <p> b </p>", "a\n\nb"},
      {"a &nbsp; b", "a   b"},
      {"a&nbsp;<br>b", "a\nb"},
      {"お見積りの\n  件です", "お見積りの件です"},
      {"お見積り の件", "お見積り の件"},
      {"見積\nNo.3\n枚", "見積 No.3 枚"},
      {"<pre>\na  b\n\n  c\n</pre>d", "a  b\n\n  c\n\nd"},
      {"<pre>a\r\nb</pre>", "a\nb"},
      {"<div style='white-space: pre-wrap'>a\n b</div>c\nd", "a\n b\nc d"},
      {"　字下げ", "　字下げ"},
  });
}

TEST_CASE("Entities") {
  check({
      {"&lt;b&gt; &amp; &quot;&apos;", "<b> & \"'"},
      {"&yen;5,000 &copy &#12354;&#x3042;&#X3044;", "¥5,000 © ああい"},
      {"&#145;x&#x92; &#150;", "‘x’ –"},
      {"&unknown; R&D AT&T & &; &# &#; &#x; &#xZ", "&unknown; R&D AT&T & &; &# &#; &#x; &#xZ"},
      {"&#0;&#xD800;&#1114112;&#99999999999999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD"},
      {"&hearts; &hearts", "♥ &hearts"},
      {"<a href='?a=1&copy=2&amp;b'></a>", "?a=1&copy=2&b"},
      {"x < y, 3<5 <3", "x < y, 3<5 <3"},
      {"a&#10;b", "a b"},
      {"&" + std::string(1000, 'a') + ";", "&" + std::string(1000, 'a') + ";"},
  });
}

TEST_CASE("Tables") {
  check({
      {"<table><tr><th>品名</th><th>金額</th></tr><tr><td>ロゴ</td><td>50,000円</td></tr></table>",
       "品名\t金額\nロゴ\t50,000円"},
      {"<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "a\tb\nc\td\ne"},
      {"<table>\n <tr>\n  <td>\n   <p>a</p>\n  </td>\n  <td>\n   <p>b</p>\n  </td>\n </tr>\n</table>",
       "a\tb"},
      {"<table><tr><td></td><td>a</td><td></td><td>b</td><td></td></tr></table>", "a\t\tb"},
      {"<table><tr><td width=10>&nbsp;</td><td>a</td><td>&nbsp;</td></tr></table>", "a"},
      {"<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\tc"},
      {"<table><tr><td>a</td><td><ul><li>b<li>c</ul></td></tr></table>", "a\t・b\n・c"},
      {"x<table><tr><td><table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table></td><td>d</td></tr></"
       "table>y",
       "x\na\tb\nc\nd\ny"},
      {"<table><caption>表</caption><tbody><tr><td>a</tbody></table>", "表\na"},
      {"<td>a</td><td>b</td>", "a\nb"},
      {"<table><tr><td><div>a</td><td>b</div></td></tr></table>", "a\tb"},
      {"</td></tr></table>a", "a"},
  });
}

TEST_CASE("What is not shown") {
  check({
      {"<html><head><title>題</title><style>p{color:red}</style><script>var "
       "a='<b>';</script></head><body>本文</body></html>",
       "本文"},
      {"<head><meta charset=utf-8>本文", "本文"},
      {"a<!-- b --><!----><!-->c<!--->d<!-- x --!>e<!-- f", "acde"},
      {"<!DOCTYPE html><?xml version='1.0'?><![CDATA[x]]>a</ >b", "ab"},
      {"<!--[if mso]><p>Outlook</p><![endif]--><!--[if !mso]><!-->shown<!--<![endif]-->", "shown"},
      {"<![if !supportLists]>1.<![endif]>a", "1.a"},
      {"a<SCRIPT>b</b></Script >c", "ac"},
      {"a<style>b", "a"},
      {"a<div style=\"color:red; DISPLAY : none !important\">b<p>c</p><div>d</div></div>e", "ae"},
      {"a<span style='display:none'>b<span>c</span>d</span>e", "ae"},
      {"a<span hidden>b</span>c", "ac"},
      {"a<div style='display:none'><p>b</div>c", "ac"},
      {"a<div style='display:none'><br>b</p></span></td>c</div>d", "ad"},
      {"<div style='display:block'>a</div><div style='x-display:none'>b</div>", "a\nb"},
      {"<div style='display:none;display:block'>a</div>", "a"},
      {"<table><tr style='display:none'><td>a<td>b<tr><td>c</table>", "c"},
      {"<img style='display:none' alt=a><br style='display:none'>b", "b"},
      {"a<template>b</template><object>c</object><iframe><b>d</iframe>e", "ae"},
      {"<xml><o:p>a</o:p></xml>b", "b"},
      {std::string("a\0b\x01\x7F", 5) + "\xEF\xBB\xBF", "ab"},
  });
}

TEST_CASE("Images and links") {
  check({
      {"<img alt=\"ロゴ &amp; 印\">", "ロゴ & 印"},
      {"<img alt=''><img>a", "a"},
      {"<a href='http://www.example.jp/'>ここ</a>", "ここ"},
      {"<a href=\"http://www.example.jp/?a=1&amp;b=2\"></a>", "http://www.example.jp/?a=1&b=2"},
      {"<a href=http://www.example.jp/><img src=x></a>", "http://www.example.jp/"},
      {"<a href=http://www.example.jp/><img alt=地図></a>", "地図"},
      {"<a href='mailto:a@example.jp?subject=x'></a> <a href='tel:03-0000-0000'> </a>",
       "a@example.jp 03-0000-0000"},
      {"<a name=top></a><a href='#top'></a><a href='javascript:x()'></a>a", "a"},
      {"<a href='http://a.example/'><div>a</a>b</div>", "ab"},
      {"<div style='display:none'><a href='http://a.example/'></a></div>a", "a"},
  });
}

TEST_CASE("Quotations") {
  check({
      {"了解です<blockquote>5万円でいかがですか<br>ご検討ください</blockquote>以上",
       "了解です\n> 5万円でいかがですか\n> ご検討ください\n以上"},
      {"<blockquote type=cite><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>d",
       "> a\n>\n> > b\n>\n> c\n\nd"},
      {"<div dir=ltr>承知しました</div><br><div class=\"gmail_quote\"><div dir=ltr "
       "class=\"gmail_attr\">4月1日 山田:<br></div>"
       "<blockquote class=\"gmail_quote\" style=\"margin:0 0 0 "
       ".8ex\">納期は<div>4月末です</div></blockquote></div>",
       "承知しました\n\n4月1日 山田:\n> 納期は\n> 4月末です"},
      {"<div class=\"a gmail_quote b\">---------- Forwarded<br>a</div>b", "> ---------- Forwarded\n> a\nb"},
      {"<div>own</div><div class=yahoo_quoted>a</div>b", "own\n> a\nb"},
      {"<body><div>own</div><hr><div id=\"divRplyFwdMsg\">From: 山田</div><div>a</div></body>",
       "own\n\n> From: 山田\n> a"},
      {"<div class=WordSection1><p class=MsoNormal>own</p><div><div style='border:none;border-top:solid "
       "#E1E1E1 1.0pt;padding:3.0pt'>"
       "<p class=MsoNormal>From: a</p></div></div><p class=MsoNormal>b</p></div>after",
       "own\n> From: a\n> b\nafter"},
      {"<div><div id=divRplyFwdMsg>From: a</div></div>b<div id=divRplyFwdMsg>From: c</div>d",
       "> From: a\n> b\n> From: c\n> d"},
      {"<blockquote>a", "> a"},
      {"a</blockquote>b", "ab"},
      {"<blockquote><ul><li>a</ul></blockquote>", "> ・a"},
  });
}

TEST_CASE("Markup that goes wrong") {
  check({
      {"a<b", "a"},
      {"a<", "a<"},
      {"a</", "a</"},
      {"a<b b c", "a"},
      {"<div><p><span>a", "a"},
      {"a</div></span></x></b>b", "ab"},
      {"<p>a</body></html>\n_____\nリストの案内", "a _____ リストの案内"},
      {"<a href=\"x>y\">a</a>", "a"},
      {"<a title=it's href=x>a</a> it's", "a it's"},
      {"<p title=\"x>a</p>b", "a\n\nb"},
      {"<p =\"x\" \"y\" / id= >a", "a"},
      {"<o:p/>a<o:p />b", "ab"},
      {"<DIV>a</div ><Br>b", "a\n\nb"},
      {"<div/>a", "a"},
      {"<abcdefghijklmnopqrstuvwxyz>a</abcdefghijklmnopqrstuvwxyz>b", "ab"},
  });
}

TEST_CASE("Charsets of HTML") {
  const std::string sjis = "\x8C\xA9\x90\xCF"; // 見積
  const std::string meta = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=";
  CHECK(html_to_text("<p>" + sjis, "Shift_JIS") == "見積");
  CHECK(html_to_text("<p>" + sjis) == "見積");
  CHECK(html_to_text(meta + "Shift_JIS\"><p>" + sjis) == "見積");
  CHECK(html_to_text("<META charset='x-sjis'>" + sjis, "us-ascii") == "見積");
  CHECK(html_to_text(meta + "shift_jis\"><p>\xE8\xA6\x8B\xE7\xA9\x8D", "utf-8") == "見積");
  CHECK(html_to_text("<meta charset=utf-16><p>" + sjis) == "見積");
  CHECK(html_to_text("<meta charset=nonsense><p>" + sjis) == "見積");
  CHECK(html_to_text(meta + "iso-2022-jp\"><p>\x1B$B8+@Q\x1B(B") == "見積");
  CHECK(html_to_text("\xEF\xBB\xBF<p>見積", "Shift_JIS") == "見積");
  const std::string wide("\xFF\xFE<\0p\0>\0\x8B\x89\x4D\x7A\n\0", 14);
  CHECK(html_to_text(wide) == "見積");
  CHECK(html_to_text("<!-- <meta charset=big5> --><title><meta charset=big5></title><p>" + sjis) == "見積");
}

TEST_CASE("Hostile nesting is flat") {
  const std::size_t many = 60'000;
  CHECK(html_to_text(repeat("<div>", many) + "a" + repeat("</div>", many) + "b") == "a\nb");
  CHECK(html_to_text(repeat("<b>", 2 * many) + "a" + repeat("</i>", many)) == "a");
  CHECK(html_to_text("<i><div>" + repeat("<b>", many) + repeat("</i>", many) + "a") == "a");
  CHECK(html_to_text(repeat("<table><tr><td>", many) + "a" + repeat("</div></p>", many)) == "a");
  CHECK(html_to_text(repeat("<ul><li>", many) + "a").size() < 100);
  CHECK(html_to_text(repeat("<div style=display:none>", 1000) + "a" + repeat("</div>", 1000) + "b") == "b");
  CHECK(html_to_text(repeat("<blockquote>a", 1000)).size() < 1000 * 40);
  CHECK(html_to_text("<p>" + repeat("<a href=x>", many)).size() <= many * 2 + 1);
}

TEST_CASE("Hostile length") {
  const std::size_t many = 60'000;
  CHECK(html_to_text(std::string(5'000'000, 'a')).size() == 5'000'000);
  CHECK(html_to_text("<p>a<a href=\"" + std::string(5'000'000, 'b')) == "a");
  CHECK(html_to_text("<img alt=a src=\"data:" + std::string(5'000'000, 'b') + "\">") == "a");
  CHECK(html_to_text("a<!--" + repeat("--", many)) == "a");
  CHECK(html_to_text(repeat("<", many)).size() == many);
  CHECK(html_to_text(repeat("</", many)).size() <= 2 * many);
  CHECK(html_to_text(repeat("<a<", many)).empty());
  CHECK(html_to_text(repeat("<a b=\"", many)).size() <= 6 * many);
  CHECK(html_to_text(repeat("<a b='x\">", many)).size() <= 9 * many);
  CHECK(html_to_text("<title>" + repeat("</titl", many)).empty());
  CHECK(html_to_text(repeat("&", many)).size() == many);
  CHECK(html_to_text(repeat("&amp", many)).size() <= 4 * many);
  CHECK(html_to_text("&#" + std::string(many, '9')) == "\uFFFD");
  CHECK(html_to_text("<p style=\"" + repeat(";:", many) + "\">a") == "a");
  CHECK(html_to_text("<p class=\"" + repeat("x ", many) + "\">a") == "a");
  std::string attributes;
  for (std::size_t i = 0; i < many; ++i) attributes += " a" + std::to_string(i);
  CHECK(html_to_text("<p" + attributes + ">a") == "a");
}

TEST_CASE("The output is bounded, at a whole character") {
  CHECK(html_to_text("見積書", {}, 7) == "見積");
  CHECK(html_to_text("見積書", {}, 0).empty());
  CHECK(html_to_text(repeat("<p>見積", 10'000), {}, 100).size() <= 100);
  CHECK(html_to_text(repeat("<td>", 10'000) + "a", {}, 100).size() <= 100);
}

TEST_CASE("Any bytes give well-formed lines") {
  const std::vector<std::string> pieces = {"<div>",
                                           "</div>",
                                           "<p>",
                                           "<td>",
                                           "<tr>",
                                           "</table>",
                                           "<table>",
                                           "<br>",
                                           "<li>",
                                           "</ul>",
                                           "<blockquote>",
                                           "</blockquote>",
                                           "<a href='u'>",
                                           "</a>",
                                           "<span style='display:none'>",
                                           "</span>",
                                           "<pre>",
                                           "</pre>",
                                           "&nbsp;",
                                           "&#",
                                           "<",
                                           ">",
                                           "\"",
                                           "'",
                                           "=",
                                           " ",
                                           "\n",
                                           "見",
                                           "a",
                                           "\xE3",
                                           "<!--",
                                           "-->",
                                           "<style>",
                                           "</style>",
                                           "<div class=gmail_quote>",
                                           "<div class=gmail_attr>",
                                           "<div id=divRplyFwdMsg>",
                                           "<ul>",
                                           "\t",
                                           "<img alt=x>"};
  std::uint32_t state = 7;
  const auto next = [&] { return state = state * 1664525U + 1013904223U, state >> 16; };
  for (int round = 0; round < 2000; ++round) {
    std::string html;
    for (std::uint32_t n = next() % 40; n > 0; --n) html += pieces[next() % pieces.size()];
    CAPTURE(html);
    const std::string text = html_to_text(html, next() % 2 == 0 ? "utf-8" : "");
    CHECK(genchi::is_utf8(text));
    CHECK(text.find("\n\n\n\n") == std::string::npos);
    CHECK(text.find('\0') == std::string::npos);
    CHECK((text.empty() || (text.front() != '\n' && text.back() != '\n')));
  }
}
