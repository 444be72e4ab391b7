// Exhibits that tests make: an ordinary one, and one whose every part is hostile.
#pragma once

#include <string>

#include "evidence/exhibit.hpp"

namespace genchi::test {

using evidence::Exhibit;
using evidence::ExhibitMessage;

inline const std::string some_hash(64, 'a');

inline Exhibit ordinary() {
  ExhibitMessage before;
  before.context = true;
  before.time = "2026-03-13 (金) 18:40:03 +09:00";
  before.who = "髙橋 一郎";
  before.fields = {{"差出人", "髙橋 一郎 <takahashi@aoba-dental.example.jp>"}, {"件名", "サーバー移行の件"}};
  before.text = "お世話になっております。青葉デンタルの髙橋です。\n先日お話ししたサーバー移行について、お見積りをお願いできますでしょうか。\n";

  ExhibitMessage offer;
  offer.time = "2026-03-14 (土) 10:05:12 +09:00";
  offer.who = "山田 太郎";
  offer.fields = {{"差出人", "山田 太郎 <yamada@kobo.example.jp>"},
                  {"宛先", "髙橋 一郎 <takahashi@aoba-dental.example.jp>"},
                  {"Cc", "経理 <keiri@aoba-dental.example.jp>"},
                  {"件名", "Re: サーバー移行の件"},
                  {"経路", "メール"},
                  {"方向", "発信"},
                  {"原本の SHA-256", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}};
  const std::string own = "㈱青葉デンタル 髙橋様\n\nお世話になっております。山田です。\n①サーバー移行一式 120,000円(税抜)、②保守 月額8,000円にてお受けいたします。\n納期は3月31日です。𠮷田とも相談のうえお返事ください🎉👨‍👩‍👧\n\n";
  const std::string quoted = "> お世話になっております。青葉デンタルの髙橋です。\n> 先日お話ししたサーバー移行について、お見積りをお願いできますでしょうか。\n";
  const std::string signature = "-- \n山田 太郎\n山田工房 090-0000-0000\n";
  offer.text = own + quoted + signature;
  const auto size = [](const std::string& text) { return static_cast<std::uint32_t>(text.size()); };
  offer.sections = {{SectionKind::own, 0, size(own)},
                    {SectionKind::quoted, size(own), size(own + quoted)},
                    {SectionKind::signature, size(own + quoted), size(offer.text)}};
  offer.files = {{"お見積書_サーバー移行.pdf", "ファイル", 184'320, some_hash, "添付/甲1/お見積書_サーバー移行.pdf"}, {"", "写真", 0, "", ""}};
  offer.notes = {"写真は保管されていません。LINE の保存期間が過ぎています。"};

  ExhibitMessage answer;
  answer.time = "2026-03-14 (土) 11:30:45 +09:00";
  answer.who = "髙橋 一郎";
  answer.fields = {{"差出人", "髙橋 一郎 <takahashi@aoba-dental.example.jp>"}, {"件名", "Re: Re: サーバー移行の件"}};
  answer.text = "その金額でお願いします。";

  return {"甲1",       "甲1_サーバー移行の見積と承諾", "電子メール(サーバー移行の見積と承諾)", "写し", "2026-03-14", "山田 太郎、髙橋 一郎", "前後のメールを含む", {"前後のメールは一部のみ収録しています。"},
          {before, offer, answer}};
}

inline Exhibit hostile() {
  const std::string nasty = "<script>alert(1)</script>\x1B[31m\xE2\x80\xAEgnp.exe\x07 <b>&amp;\xC2\x9B</span>";
  ExhibitMessage message;
  message.time = "2026-01-01 (木) 00:00:00 +09:00";
  message.who = nasty;
  message.fields = {{"件名\"><img src=x onerror=alert(1)>", nasty + "\nBcc: x"}, {"宛先", std::string(3000, 'W')}};
  message.text = nasty + "\n=HYPERLINK(\"http://evil.example/\")\nhttps://example.jp/" + std::string(900, 'x') + "\n" + std::string(40, '>') + " 深い引用\n\xFF\xFE\n";
  message.files = {{"../../etc/passwd", "ファイル", 1, some_hash, "../x"}, {std::string(300, 'n') + ".pdf", "", 5, some_hash, ""}, {"=cmd|' /C calc'!A0.xlsx", "ファイル", 7, "", ""}};
  message.notes = {nasty};
  return {"甲2の1", "甲2の1", "=1+1" + nasty, "@写し", "-1", "+81" + nasty, "\t=2+2\n<w:p>", {"\t=2+2\n<w:p>"}, {message}};
}

}  // namespace genchi::test
