#include "facts/amounts.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <utility>

namespace genchi::facts {
namespace {

std::string value_of(const Amount& amount) {
  return amount.yen ? std::to_string(*amount.yen) : amount.currency + " " + amount.value;
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : "; ") + part;
  return out;
}

/// "55000; 60000"
std::string values(std::string_view written) {
  const Text text(written);
  std::vector<std::string> parts;
  for (const Amount& amount : read_amounts(text)) parts.push_back(value_of(amount));
  return join(parts);
}

std::string surfaces(std::string_view written) {
  const Text text(written);
  std::vector<std::string> parts;
  for (const Amount& amount : read_amounts(text))
    parts.emplace_back(written.substr(amount.place.begin, amount.place.end - amount.place.begin));
  return join(parts);
}

/// "180000 offer excl; 30000 mention"
std::string roles(std::string_view written, std::string_view subject = {}) {
  const Text text(written);
  std::vector<std::string> parts;
  for (const Amount& amount : read_amounts(text, {subject})) {
    std::string part = value_of(amount) + " " + std::string(role_name(amount.role));
    if (amount.tax != Tax::unknown) part += " " + std::string(tax_name(amount.tax));
    if (amount.unit) part += " unit";
    if (amount.approx) part += " approx";
    parts.push_back(part);
  }
  return join(parts);
}

/// "トップ=120000; 小計=…"
std::string items(std::string_view written) {
  const Text text(written);
  std::vector<std::string> parts;
  for (const Amount& amount : read_amounts(text)) parts.push_back(amount.item + "=" + value_of(amount));
  return join(parts);
}

std::string put(std::string_view carrier, std::string_view what) {
  std::string out(carrier);
  const std::size_t at = out.find("{}");
  return out.replace(at, 2, what);
}

TEST_CASE("facts/amounts: every spelling, in three sentences each") {
  struct Row {
    std::string_view written, value, surface;
  };
  static constexpr std::array rows = {
      Row{"55,000円", "55000", "55,000円"},
      Row{"５５，０００円", "55000", "５５，０００円"},
      Row{"¥55,000", "55000", "¥55,000"},
      Row{"￥55,000-", "55000", "￥55,000-"},
      Row{"¥55,000.-", "55000", "¥55,000.-"},
      Row{"JPY 55000", "55000", "JPY 55000"},
      Row{"5.5万円", "55000", "5.5万円"},
      Row{"5万5千円", "55000", "5万5千円"},
      Row{"五万五千円", "55000", "五万五千円"},
      Row{"3千円", "3000", "3千円"},
      Row{"1億2千万円", "120000000", "1億2千万円"},
      Row{"12万", "120000", "12万"},
      Row{"8千", "8000", "8千"},
      Row{"55,000 円", "55000", "55,000 円"},
      Row{"@168円", "168", "168円"},
      Row{"単価22円", "22", "22円"},
      Row{"金拾万円也", "100000", "拾万円"},
      Row{"壱拾弐万参千円", "123000", "壱拾弐万参千円"},
      Row{"金弐百伍拾萬圓", "2500000", "弐百伍拾萬圓"},
      Row{"▲180,000円", "180000", "▲180,000円"},
      Row{"△5,000円", "5000", "△5,000円"},
      Row{"-5,000円", "5000", "-5,000円"},
      Row{"5〜6万円", "50000; 60000", "5; 6万円"},
      Row{"10万円〜15万円", "100000; 150000", "10万円; 15万円"},
      Row{"約30万円", "300000", "30万円"},
      Row{"6万円台", "60000", "6万円台"},
      Row{"＄1,200", "USD 1200", "＄1,200"},
      Row{"$1,200.50", "USD 1200.50", "$1,200.50"},
      Row{"USD 300", "USD 300", "USD 300"},
      Row{"€450", "EUR 450", "€450"},
      Row{"500元", "CNY 500", "500元"},
      Row{"80ドル", "USD 80", "80ドル"},
      Row{"1万5千〜2万円", "15000; 20000", "1万5千; 2万円"},
      Row{"2000〜3000円", "2000; 3000", "2000; 3000円"},
      Row{"2、3万円", "20000; 30000", "2; 3万円"},
      Row{"1万〜1.5万円", "10000; 15000", "1万; 1.5万円"},
      Row{"\\8,800", "8800", "\\8,800"},
      Row{"500えん", "500", "500えん"},
      Row{"０円", "0", "０円"},
      Row{"55、000円", "55000", "55、000円"},
      Row{"¥5万", "50000", "¥5万"},
  };
  for (const Row& row : rows)
    for (const std::string_view carrier :
         {"お見積りは {} でございます。", "費用の件、 {} でお願いできますか？",
          "お世話になっております。\n金額：{}\nご確認ください。"}) {
      const std::string text = put(carrier, row.written);
      INFO(text);
      CHECK(values(text) == row.value);
      CHECK(surfaces(text) == row.surface);
    }
}

TEST_CASE("facts/amounts: a figure without unit is money where its words say so") {
  CHECK(values("予算は500,000以内でお願いします") == "500000");
  CHECK(values("80,000でいかがでしょうか") == "80000");
  CHECK(values("合計 55,000") == "55000");
  CHECK(values("55000（税込）です") == "55000");
  CHECK(values("55,000＋税") == "55000");
  CHECK(values("150,000-（税別）にて") == "150000");
  CHECK(values("前輪 6,600 後輪 7,700 計14,300円") == "6600; 7700; 14300");
  CHECK(values("3日で15万、5日なら22万でやります") == "150000; 220000");
  CHECK(values("30万は出せん、25万が限度") == "300000; 250000");
  CHECK(values("来場者が3万を超えました。PVは月12万、歩数は1万でした") == "");
  CHECK(values("単位：千円\n人件費　1,200\n外注費　850\n合計　2,050") == "1200000; 850000; 2050000");
  CHECK(values("部数は5,000でお願いします") == "");
  CHECK(values("5で10%引き、2024年に3回、12まで") == "");
  CHECK(values("2024年度は1,200名でした") == "");
  CHECK(values("フォロワーが12万になりました。走行距離は8万です") == "");
}

TEST_CASE("facts/amounts: accounts are no amounts, whatever stands around them") {
  for (const std::string_view account :
       {"お振込先：みどり銀行 本店 普通 1234567", "みどり信用金庫　北支店　（普）0123456",
        "口座：当座 7654321", "ゆうちょ銀行 記号 12345 番号 1234567"})
    for (const std::string_view carrier :
         {"ご請求です。\n顧問料 33,000円\nお支払期限：2月末日\n{}",
          "合計 33,000円\n{}\nよろしくお願いいたします。", "お見積り\n作業費　33,000円\n{}"})
      CHECK(values(put(carrier, account)) == "33000");
}

TEST_CASE("facts/amounts: money asked for by any way of paying is invoiced") {
  for (const std::string_view asks :
       {"{}は27日に口座振替となります", "3月27日に{}が引き落とされます",
        "着手金として{}を3月末日までにお振込みください", "会費の{}は当日徴収いたします"})
    CHECK(roles(put(asks, "38,000円")) == "38000 invoiced");
}

TEST_CASE("facts/amounts: what is no amount, in three sentences each") {
  for (const std::string_view written : {"10%",
                                         "10％",
                                         "3割引",
                                         "1.5割",
                                         "12万km",
                                         "8万キロ",
                                         "500部",
                                         "10個",
                                         "3名",
                                         "1,000枚",
                                         "12ページ",
                                         "20GB",
                                         "210×297mm",
                                         "14:30",
                                         "2024/4/1",
                                         "2024年4月1日",
                                         "4月1日",
                                         "令和6年",
                                         "03-1234-5678",
                                         "0312345678",
                                         "FAX 03-1234-5679",
                                         "〒150-0001",
                                         "注文番号 12345678",
                                         "見積番号20240012",
                                         "見積No.2024-0012",
                                         "型番AB-1200",
                                         "品川500 あ 12-34",
                                         "口座番号1234567",
                                         "2024年",
                                         "前回と同じ金額",
                                         "円滑",
                                         "円形",
                                         "楕円",
                                         "関東一円",
                                         "円安",
                                         "半円",
                                         "円卓",
                                         "1/3ページ",
                                         "1-2-3",
                                         "ver 1.2.3",
                                         "万年筆",
                                         "千葉",
                                         "一万歩",
                                         "万一",
                                         "百円ショップ",
                                         "数万円",
                                         "数千円",
                                         "何万円",
                                         "十数万円",
                                         "12万人",
                                         "3千枚",
                                         "1万部",
                                         "第3回",
                                         "一式",
                                         "一部",
                                         "5人前",
                                         "百貨店",
                                         "八百屋",
                                         "二人三脚",
                                         "三重県",
                                         "四国",
                                         "九州",
                                         "千円札",
                                         "100円ショップ",
                                         "180cm",
                                         "65kg",
                                         "1.2万PV",
                                         "15分",
                                         "2時間半",
                                         "３階",
                                         "201号室",
                                         "iPhone 15",
                                         "Windows 11",
                                         "@19時",
                                         "n @ 1",
                                         "%2$s",
                                         "A4",
                                         "B5",
                                         "1080p",
                                         "300dpi",
                                         "C:\\2024\\05"})
    for (const std::string_view carrier :
         {"こちらは{}です。", "お見積りの件、{}についてご確認ください。", "{}\nよろしくお願いします。"}) {
      const std::string text = put(carrier, written);
      INFO(text);
      CHECK(values(text) == "");
    }
}

TEST_CASE("facts/amounts: the worked readings") {
  CHECK(roles("一式18万（税別）、特急なら＋3万") == "180000 offer excl; 30000 mention");
  CHECK(roles("前回8万から1万引いて7万でどうでしょう") == "80000 mention; 10000 discount; 70000 offer");
  CHECK(roles("小計50,000 消費税5,000 合計55,000 期限7/31、ご請求です") ==
        "50000 invoiced excl; 5000 mention; 55000 invoiced incl");
  CHECK(roles("5日までに振り込みます") == "");
  CHECK(roles("3/31 23:50 明日14時、3人で伺って大丈夫？") == "");
  CHECK(roles("予約やめます。来週また連絡します") == "");
  CHECK(items("デザイン（TOP＋下層9P）　280,000円") == "デザイン（TOP＋下層9P）=280000");
  // a time is no thing
  CHECK(items("9月からは6,600円になります") == "=6600");
  CHECK(items("現在は月額4,400円です") == "=4400");
  CHECK(items("10月末までのご購入で22,000円にします") == "=22000");
  CHECK(items("5/20までの早割コースが18,000円です") == "早割コース=18000");
}

TEST_CASE("facts/amounts: tax") {
  CHECK(roles("10万円（税込11万円）です") == "100000 offer excl; 110000 offer incl");
  CHECK(roles("110,000円（税抜100,000円）です") == "110000 offer incl; 100000 offer excl");
  CHECK(roles("税込55,000円です") == "55000 offer incl");
  CHECK(roles("55,000円(内税)です") == "55000 offer incl");
  CHECK(roles("コミコミで55,000円です") == "55000 offer incl");
  CHECK(roles("50,000円（税抜き）です") == "50000 offer excl");
  CHECK(roles("50,000円＋税です") == "50000 offer excl");
  CHECK(roles("50,000円（外税）です") == "50000 offer excl");
  CHECK(roles("A案5万円、B案8万円（いずれも税別）です") == "50000 offer excl; 80000 offer excl");
  CHECK(roles("源泉所得税込で11,137円です") == "11137 offer");
  CHECK(roles("55,000円です") == "55000 offer");
  CHECK(roles("50,000円＋消費税5,000円＝55,000円です") == "50000 offer excl; 5000 mention; 55000 offer incl");
  CHECK(roles("55,000円（うち消費税5,000円）です") == "55000 offer incl; 5000 mention");
  CHECK(roles("・カット：12,000円\n・前髪----500円\n※すべて税込です。") ==
        "12000 offer incl; 500 offer incl");
  CHECK(roles("33,000円は税込ですか？") == "33000 offer");
  CHECK(roles("撮影　50,000円\n編集　30,000円\n小計　80,000円\n消費税　8,000円\n合計　88,000円") ==
        "50000 offer excl; 30000 offer excl; 80000 offer excl; 8000 mention; 88000 offer incl");
  CHECK(roles("撮影　50,000円\n編集　30,000円\n消費税　8,000円\n合計　88,000円") ==
        "50000 offer excl; 30000 offer excl; 8000 mention; 88000 offer incl");
}

TEST_CASE("facts/amounts: tax that the sums tell") {
  CHECK(roles("￥165,000（本体￥150,000、税￥15,000）") ==
        "165000 offer incl; 150000 offer excl; 15000 mention");
  CHECK(roles("小計　167,500円\nお値引　▲7,500円\n消費税　16,000円\n合計　176,000円") ==
        "167500 offer excl; 7500 discount excl; 16000 mention; 176000 offer incl");
  CHECK(roles("撮影　50,000円\n編集　30,000円\n合計　80,000円（税別）") ==
        "50000 offer excl; 30000 offer excl; 80000 offer excl");
  CHECK(roles("プラン | 月額（税抜） | 初期費用\n標準 | 9,800円 | 50,000円") ==
        "9800 offer excl; 50000 offer");
  CHECK(roles("内容　税抜　税込\n撮影　50,000　55,000") == "50000 offer excl; 55000 offer incl");
  CHECK(roles("100部 8,800円／200部 13,200円（税込）") == "8800 offer incl; 13200 offer incl");
  CHECK(roles("1万円（税込）から") == "10000 offer incl");
}

TEST_CASE("facts/amounts: roles") {
  CHECK(roles("すでに50,000円はお支払い済みなので、残り82,000円をお願いします") == "50000 paid; 82000 offer");
  CHECK(roles("7月分55,000円と8月分33,000円を振り込みました") == "55000 paid; 33000 paid");
  CHECK(roles("12,800円が10%OFFで11,520円になります") == "12800 mention; 11520 offer");
  CHECK(roles("18万8千円（税別）→税込206,800円") == "188000 offer excl; 206800 offer incl");
  CHECK(roles("旧料金5,500円→新料金6,050円") == "5500 mention; 6050 offer");
  CHECK(roles("2,000円OFFクーポンを使えます") == "2000 discount");
  CHECK(roles("入金がまだのようです。6月分 88,000円のお支払いをお願いいたします") == "88000 invoiced");
  CHECK(roles("150万円（税込165万円）を上限とします") == "1500000 mention excl; 1650000 mention incl");
  CHECK(roles("5%引きの47,500円でいかがでしょうか") == "47500 offer");
  CHECK(roles("3,000円引きの27,000円です") == "3000 discount; 27000 offer");
  CHECK(roles("登録免許税 150,000円") == "150000 offer");
  CHECK(roles("キックオフ　20,000円") == "20000 offer");
  CHECK(roles("予算は10万円です") == "100000 mention");
  CHECK(roles("昨年は8万円でした") == "80000 mention");
  CHECK(roles("定価30,000円のところ24,000円でご提供します") == "30000 mention; 24000 offer");
  CHECK(roles("30万円はちょっと厳しいです。25万円でいかがでしょう") == "300000 mention; 250000 offer");
  CHECK(roles("50万円から45万円に変更いたします") == "500000 mention; 450000 offer");
  CHECK(roles("5,000円引きします") == "5000 discount");
  CHECK(roles("値引き後の金額は45,000円です") == "45000 offer");
  CHECK(roles("本日55,000円を振り込みました") == "55000 paid");
  CHECK(roles("55,000円のご入金を確認いたしました") == "55000 paid");
  CHECK(roles("ご請求金額：55,000円") == "55000 invoiced");
  CHECK(roles("下記の通りです。\n合計 55,000円", "請求書送付のご案内") == "55000 invoiced");
  CHECK(roles("ご注文金額は12,000円です") == "12000 accepted");
  CHECK(roles("キャンセル料は10,000円です") == "10000 mention");
  CHECK(roles("お急ぎの場合は別途3万円いただきます") == "30000 mention");
  CHECK(roles("特急料金　30,000円") == "30000 offer");
}

TEST_CASE("facts/amounts: prices of one and quantities") {
  const std::string written = "@168円×500部＝84,000円";
  const std::vector<Amount> read = read_amounts(Text(written));
  REQUIRE(read.size() == 2);
  CHECK(read[0].unit);
  CHECK(read[0].quantity == 500);
  CHECK(read[0].unit_yen == 168);
  CHECK_FALSE(read[1].unit);
  CHECK(read[1].quantity == 500);
  CHECK(read[1].unit_yen == 168);
  CHECK(values("@168円×500部") == "168");
  CHECK(roles("1人3,000円です") == "3000 offer unit");
  CHECK(roles("お一人様 5,000円です") == "5000 offer unit");
  CHECK(roles("3,000円/人です") == "3000 offer unit");
  CHECK(roles("時給1,200円です") == "1200 offer unit");
  CHECK(roles("1文字あたり12円です") == "12 offer unit");
  CHECK(roles("月額5万円です") == "50000 offer");
  CHECK(roles("11名で33,000円です") == "33000 offer");
}

TEST_CASE("facts/amounts: tables") {
  const std::string spaces = "品名　　　　　数量　　単価　　　金額\n名刺デザイン　　1　　22,000　　22,"
                             "000\n名刺印刷　　　500　　　　12　　 6,000\n"
                             "小計　　　　　　　　　　　　　28,000\n消費税（10%）　　　　　　　　　2,"
                             "800\n合計　　　　　　　　　　　　　30,800\n";
  CHECK(items(spaces) ==
        "名刺デザイン=22000; 名刺印刷=12; 名刺印刷=6000; 小計=28000; 消費税（10%）=2800; 合計=30800");
  CHECK(roles(spaces) == "22000 offer excl; 12 offer excl unit; 6000 offer excl; 28000 offer excl; 2800 "
                         "mention; 30800 offer incl");

  const std::string tabs = "項目\t数量\t単価\t金額\nロゴ制作\t1式\t80,000\t80,000\n画面デザイン\t9ページ\t20,"
                           "000\t180,000\n値引き\t\t\t-10,000\n合計\t\t\t250,000\n※税別";
  CHECK(items(tabs) == "ロゴ制作=80000; 画面デザイン=20000; 画面デザイン=180000; 値引き=10000; 合計=250000");
  CHECK(roles(tabs) ==
        "80000 offer excl; 20000 offer excl unit; 180000 offer excl; 10000 discount excl; 250000 offer excl");

  const std::string bars = "| 内容 | 金額(円) |\n|---|---|\n| 撮影 半日 | 50,000 |\n| レタッチ 20点 | 20,000 "
                           "|\n| 合計(税込) | 77,000 |";
  CHECK(items(bars) == "撮影 半日=50000; レタッチ 20点=20000; 合計(税込)=77000");

  const std::string list = "(1) 基本設計　450,000\n(2) 詳細設計　600,000\n計　1,050,000\n(単位：円、税別)";
  CHECK(items(list) == "基本設計=450000; 詳細設計=600000; 計=1050000");
  CHECK(roles(list) == "450000 offer excl; 600000 offer excl; 1050000 offer excl");

  CHECK(items("・カット＋カラー：12,000円\n・トリートメント…3,300円\n① 前髪　500円") ==
        "カット＋カラー=12000; トリートメント=3300; 前髪=500");
  CHECK(items("画面追加：2人日×45,000円＝90,000円") == "画面追加=45000; 画面追加=90000");
  CHECK(items("人工芝　35㎡　@4,800　168,000円") == "人工芝=4800; 人工芝=168000");
  CHECK(items("・翻訳（日→英）：@25円 × 3,200文字 ＝ 80,000円") == "翻訳（日→英）=25; 翻訳（日→英）=80000");
  CHECK(items("項目：壁紙張替え　数量：20㎡　単価：1,100円　金額：22,000円") ==
        "壁紙張替え=1100; 壁紙張替え=22000");
  CHECK(items("１．企画構成費　　￥200,000-\n２．撮影費　　￥500,000-") ==
        "企画構成費=200000; 撮影費=500000");
  CHECK(items("レッスン 30分 3,000円、45分 4,500円です") == "レッスン 30分=3000; 45分=4500");
  CHECK(items("サイト制作の費用は18万円になります") == "サイト制作=180000");
  CHECK(items("■ロゴ制作\n金額：55,000円") == "ロゴ制作=55000");
  CHECK(items("品名：名刺\n数量：500枚\n単価：22円\n金額：11,000円（税別）") == "名刺=22; 名刺=11000");
}

TEST_CASE("facts/amounts: what names a row") {
  // The heading of a table names no row of it; a price's own name does when nothing else is there.
  CHECK(items("部数　　単価　　金額（税別）\n500部　 @168円　84,000円\n1,000部　@109円　109,000円") ==
        "500部=168; 500部=84000; 1,000部=109; 1,000部=109000");
  CHECK(items("本体価格 1,980,000円\nオプション 220,000円") == "本体価格=1980000; オプション=220000");
  // 税別 in a row whose price is in words is said of that row.
  for (const std::string_view row :
       {"仲介手数料　賃料の1か月分（税別）", "更新料：新賃料の1か月分（税別）", "保証料\t月額の半分（税別）"})
    CHECK(roles(put("賃料　78,000円\n共益費　5,000円\n{}", row)) == "78000 offer; 5000 offer");
}

TEST_CASE("facts/amounts: a sum without separators ends no table") {
  CHECK(items("項目\t金額（税込）\nトップページ\t198000\nロゴ\t55000\n合計\t253000") == "トップページ=198000; ロゴ=55000; 合計=253000");
  CHECK(items("メニュー | 料金\nカット | 5500\nカラー | 7700\n合計 | 13200") == "カット=5500; カラー=7700; 合計=13200");
}

TEST_CASE("facts/amounts: a value said twice is one fact") {
  const std::string written = "お見積りは55,000円です。55,000円でよろしいでしょうか。";
  const std::vector<Amount> read = read_amounts(Text(written));
  REQUIRE(read.size() == 1);
  REQUIRE(read[0].again.size() == 1);
  CHECK(written.substr(read[0].again[0].begin, read[0].again[0].end - read[0].again[0].begin) == "55,000円");
  CHECK(values("デザイン　50,000円\n印刷　50,000円") == "50000; 50000");
  CHECK(values("デザイン　50,000円\n合計　50,000円") == "50000");
}

TEST_CASE("facts/amounts: quoted lines carry none") {
  CHECK(values("了解しました。\n> 55,000円でいかがでしょうか\n＞ 6万円です") == "");
}

TEST_CASE("facts/amounts: hostile input ends") {
  const auto repeated = [](std::string_view what, std::size_t size) {
    std::string out;
    while (out.size() < size) out += what;
    return out;
  };
  CHECK(values(repeated("7", 5'000'000)) == "");
  CHECK(values(repeated("(", 100'000) + "5,000円") == "5000");
  CHECK(values(repeated("〇", 1'000'000)) == "");
  CHECK(values(repeated("五千円を", 1'000'000)) == "5000");
  CHECK(values(repeated("税込", 1'000'000) + "55,000円") == "55000");
  CHECK(values(repeated("円", 1'000'000)) == "");
  CHECK(values(repeated("1,", 1'000'000)) == "");
  CHECK(values(repeated("@", 200'000) + "168円") == "168");
  CHECK(values(repeated(" ", 1'000'000) + "168円") == "168");
  CHECK(values(repeated("3〜", 500'000) + "6万円") == "60000");
  CHECK(values(repeated("消費税5,000 合計55,000 ", 1'000'000)) == "5000; 55000");
}

} // namespace
} // namespace genchi::facts
