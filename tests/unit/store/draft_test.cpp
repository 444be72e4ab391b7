#include "store/draft.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace genchi;

namespace {

Draft draft_of(const std::string& text) {
  DraftPart part;
  part.text = text;
  return {part};
}

std::string written(const Draft& draft, const DraftSpan& span) {
  return draft[span.part].text.substr(span.begin, span.end - span.begin);
}

std::string words(const std::vector<DraftWord>& found) {
  std::string out;
  for (const DraftWord& word : found) out += (out.empty() ? "" : " | ") + word.value;
  return out;
}

std::string addressed(const std::string& text) {
  return words(salutations(draft_of(text)));
}
std::string files(const std::string& text) {
  return words(file_names(draft_of(text)));
}

std::string amounts(const std::string& text) {
  std::string out;
  for (const DraftAmount& amount : distinctive_amounts(draft_of(text)))
    out += (out.empty() ? "" : " ") + std::to_string(amount.yen);
  return out;
}

// Where a name is found: `佐藤 健一`, with + before a title and ! before 様.
std::string found(const std::string& name, const std::string& text, bool alone = false) {
  const Draft draft = draft_of(text);
  std::string out;
  for (const NamesInDraft::Place& place : NamesInDraft(draft).find(name, alone)) {
    out += (out.empty() ? "" : " | ") + written(draft, place.span);
    if (place.title != NamesInDraft::Title::none)
      out += place.title == NamesInDraft::Title::respectful ? "!" : "+";
  }
  return out;
}

} // namespace

TEST_CASE("Whom a draft addresses") {
  CHECK(addressed("青木様\n\nお世話になっております。") == "青木");
  CHECK(addressed("青葉建設株式会社\n営業部 佐藤 健一 様\n") == "営業部 佐藤 健一");
  CHECK(addressed("株式会社みなと 御中") == "株式会社みなと");
  CHECK(addressed("りんさん、こんにちは！") == "りん");
  CHECK(addressed("　森先生　いつもありがとうございます") == "森");
  CHECK(addressed("佐藤様へ\n") == "佐藤");
  CHECK(addressed("佐藤様（CC：渡辺様）") == "佐藤");
  CHECK(addressed("お見積書\t2026/4/1\n青木 りん 様\t見積番号 12") == "青木 りん");
}

TEST_CASE("Words that address nobody in particular") {
  for (const char* text :
       {"お客様\nいつも", "ご担当者様", "皆様、", "関係者各位", "お疲れ様です。", "この仕様、良いですね",
        "皆さん こんにちは", "たくさん", "先日は青木様のご紹介で参りました", "青木様へ、佐藤様から",
        "件名: 青木様の件、", "明日、青木様", "https://a.example/様"}) {
    INFO(text);
    CHECK(addressed(text).empty());
  }
}

TEST_CASE("A salutation stands at the beginning, in one's own words") {
  std::string late;
  for (int i = 0; i < 20; ++i) late += "本文です。\n";
  CHECK(addressed(late + "青木様\n").empty());
  CHECK(addressed("> 藤井様\n> お世話に\n").empty());
  Draft reply = draft_of("青木様\n藤井様\n");
  reply[0].sections = {{SectionKind::own, 0, 10}, {SectionKind::quoted, 10, 20}};
  CHECK(words(salutations(reply)) == "青木");
}

TEST_CASE("Names of files that tell something") {
  CHECK(files("添付の見積_青葉建設_2025.pdf をご覧ください") == "見積_青葉建設_2025.pdf");
  CHECK(files("「間取り図A案.PDF」、IMG_0123.jpg、photo(2).png") == "間取り図A案.PDF");
  CHECK(files("先日の見積書.pdf").empty());
  CHECK(files("見積書.pdf 請求書_2026-04.xlsx image001.png").empty());
  CHECK(files("www.aoba.example/index.html v1.2 3.5kg a.b").empty());
  Draft attached = draft_of("青葉 最終 見積.xlsx\n");
  attached[0].place = DraftPart::Place::file;
  CHECK(words(file_names(attached)) == "青葉 最終 見積.xlsx");
}

TEST_CASE("Amounts that tell something by their figures") {
  CHECK(amounts("合計 184,800円（税込）です") == "184800");
  CHECK(amounts("168,000円 と 123,456円") == "168000 123456");
  CHECK(amounts("100,000円、180,000円、16,500円、5,400円、7,700円、500円、約184,800円").empty());
}

TEST_CASE("A full name or a firm's counts by itself, a family name before a title") {
  CHECK(found("佐藤 健一", "佐藤健一の件") == "佐藤健一");
  CHECK(found("佐藤 健一", "佐藤 健一様に") == "佐藤 健一! | 健一!");
  CHECK(found("佐藤 健一", "佐藤部長へ") == "佐藤+");
  CHECK(found("佐藤 健一", "佐藤の件、健一の件").empty());
  CHECK(found("佐々木さくら", "佐々木様") == "佐々木!");
  CHECK(found("青葉建設 経理課", "青葉建設の件、経理課 御中") == "青葉建設");
  CHECK(found("株式会社みなと印刷", "みなと印刷さん") == "みなと印刷+");
  CHECK(found("さくら🌸", "さくらさんと桜") == "さくら+");
  CHECK(found("森 凛", "森様") == "森!");
  CHECK(found("Rin Aoki", "To Rin Aoki") == "Rin Aoki");
  CHECK(found("田中", "田中がよろしく", true) == "田中");
}

TEST_CASE("A name is not found within another word") {
  CHECK(found("りん", "きりんさん").empty());
  CHECK(found("森", "大森様").empty());
  CHECK(found("田中", "小田中様").empty());
  CHECK(found("Mai", "E-mailさん").empty());
  CHECK(found("Rin Aoki", "rin aokihara").empty());
  CHECK(found("田中", "先日田中様が") == "田中!");
  CHECK(found("", "青木様").empty());
  CHECK(found("☆", "☆様").empty());
}

TEST_CASE("A draft of one character over and over is looked through in one go") {
  const std::string many = [] {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "森";
    return text;
  }();
  CHECK(found("森 凛", many).empty());
  CHECK(addressed(many).empty());
  CHECK(files(std::string(200'000, '.')).empty());
}
