// genchi confirm: drafts the mail that puts a deal from LINE or the phone into writing. The client reads it: it is in
// Japanese whatever the user's language, and says no more than what is held.
#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/deal_view.hpp"
#include "cli/fact_words.hpp"
#include "cli/letter.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using facts::DealState;

struct ConfirmCommand {
  std::string deal;
};

class Letter {
 public:
  explicit Letter(const DealView& view, const catalogue::Client& client, const std::string& person) : view_(view), client_(client), person_(person) {}

  LetterDraft draft() {
    LetterDraft draft;
    if (!client_.addresses.empty()) draft.to = client_.addresses.front();
    draft.subject = subject();
    line(letter_salutation(client_, person_));
    line();
    line("いつもお世話になっております。");
    line();
    opening();
    line();
    content();
    exchange();
    open_change();
    closing();
    line();
    line();
    draft.body = std::move(body_);
    return draft;
  }

 private:
  void line(const std::string& text = {}) { body_ += text + "\n"; }

  std::string matter() const {
    if (!view_.item.empty()) return view_.item + "の件";
    if (!view_.subject.empty()) return view_.subject + (view_.subject.ends_with("件") ? "" : "の件");
    for (const DateFact& date : view_.terms.dates)
      if (date.role == DateRole::appointment) return days_in_japanese(date) + "の件";
    return "ご依頼の件";
  }

  bool inquires() const { return view_.state == DealState::unanswered || view_.state == DealState::hold; }

  std::string subject() const {
    return (inquires() ? "ご提案へのご返答のお願い（" : view_.state == DealState::conditional ? "条件のご確認のお願い（" : "ご確認のお願い（") + matter() + "）";
  }

  void opening() {
    const DealMessage& last = view_.answered ? *view_.answered : view_.proposed;
    const CivilDay day = civil_day(last.sent.utc, japan_offset_minutes);
    const std::string when = fmt::format("{}月{}日に{}", day.month, day.day, channel_in_japanese(last.channel));
    switch (view_.state) {
    case DealState::conditional:
      line(when + (last.direction == Direction::in ? "にて、条件付きでお返事をいただきました件につきまして、" : "にて、条件付きでお返事を差し上げました件につきまして、"));
      line("行き違いのないよう、内容をまとめさせていただきます。");
      line("まだ確定したものとは承っておりません。条件が整いましたら、お知らせいただけますと幸いです。");
      return;
    case DealState::hold:
      line(when + "にてご検討いただける旨のお返事をいただきました件につきまして、");
      line("その後のご検討状況はいかがでしょうか。改めて内容をお送りいたします。");
      return;
    case DealState::unanswered:
      line(when + "にてご提案いたしました下記の件につきまして、");
      line("ご検討状況をお伺いしたく、ご連絡いたしました。");
      return;
    default:
      line(when + "にてお話がまとまりました件につきまして、");
      line("行き違いのないよう、内容をメールでまとめさせていただきます。");
      line("お手数をおかけいたしますが、ご確認をお願いいたします。");
    }
  }

  void terms(const ShownTerms& terms) {
    if (terms.amount) line("　金額：" + money_in_japanese(*terms.amount));
    for (const DateFact& date : terms.dates) line(std::string("　") + day_label(date.role) + "：" + days_in_japanese(date));
  }

  /// What was in force before, as far as it is other.
  void before() {
    if (view_.before.empty()) return;
    ShownTerms older = view_.before.back();
    if (older.amount && view_.terms.amount && money_in_japanese(*older.amount) == money_in_japanese(*view_.terms.amount)) older.amount.reset();
    if (!older.amount && older.dates.empty()) return;
    line();
    line("■変更前の内容");
    terms(older);
  }

  void content() {
    line(inquires() ? "■ご提案の内容" : "■内容");
    if (!view_.item.empty()) line("　件名：" + view_.item);
    terms(view_.terms);
    if (!inquires()) before();
    line();
  }

  void said(const DealMessage& message) {
    if (message.quote.empty()) return;
    constexpr std::size_t most_quoted = 120;
    const char* side = message.direction == Direction::in ? " お客様より" : " 当方より";
    line("　" + moment_in_japanese(message.sent) + "（" + channel_in_japanese(message.channel) + "）" + side);
    line("　「" + truncate_to_width(message.quote, most_quoted) + "」");
  }

  void exchange() {
    line("■これまでのやりとり");
    said(view_.proposed);
    if (view_.answered) said(*view_.answered);
    for (const DealMessage& message : view_.later) said(message);
    line();
  }

  void open_change() {
    if (!view_.wanted) return;
    line("■変更のご相談（まだ確定しておりません）");
    terms(*view_.wanted);
    line();
  }

  void closing() {
    if (inquires()) {
      line("ご不明な点やご要望がございましたら、お気軽にお知らせください。");
      line("お忙しいところ恐れ入りますが、ご返信をお待ちしております。");
    } else {
      line("お考えと異なる点やご変更のご希望がございましたら、お手数ですが");
      line("このメールへのご返信にてお知らせくださいますようお願いいたします。");
    }
    line("何卒よろしくお願い申し上げます。");
  }

  const DealView& view_;
  const catalogue::Client& client_;
  std::string person_;
  std::string body_;
};

/// Throws Error for a deal that no mail can settle.
void check_state(const DealView& view) {
  const std::string id = view.id.hex().substr(0, short_id_digits);
  if (view.state == DealState::rejected) throw Error(trf("the deal {} was declined: there is nothing to confirm", id), trf("`genchi agreements {}` shows it.", id));
  if (view.state == DealState::cancelled) throw Error(trf("the deal {} was cancelled: there is nothing to confirm", id), trf("`genchi agreements {}` shows it.", id));
  const bool inquiry = view.state == DealState::unanswered || view.state == DealState::hold;
  if (inquiry && view.ours_to_answer) throw Error(trf("the deal {} waits for your own answer", id), tr("Accept or decline what they proposed; then it can be confirmed."));
}

/// Who of theirs wrote last in this deal; "" if nobody did.
std::string person_of(DealViews& views, const facts::Deal& deal) {
  for (auto step = deal.steps.rbegin(); step != deal.steps.rend(); ++step) {
    if (step->direction != Direction::in) continue;
    const MessageRecord* record = views.quotes().message(views.message(*step, /*with_quote=*/false).id);
    if (record != nullptr) return record->from.name;
  }
  return {};
}

void tell_what_to_look_at(Context& context, const DealView& view, const LetterDraft& draft) {
  if (draft.to.empty()) context.out.talk(tr("No mail address of theirs is known: fill it in."));
  if (view.state == DealState::conditional) context.out.talk(tr("The answer has a condition: the mail says so, and not that it is settled."));
  if (view.state == DealState::unanswered || view.state == DealState::hold) context.out.talk(tr("Nothing is agreed yet: this is an inquiry."));
  if (view.terms.amount && view.terms.amount->tax == Tax::unknown) context.out.talk(tr("Nobody said whether tax is included in the amount: say it in the mail."));
  const bool in_mails = view.state == DealState::agreed && view.proposed.channel == Channel::mail && view.answered && view.answered->channel == Channel::mail;
  if (in_mails) context.out.talk(tr("This was agreed by mail already."));
  context.out.talk(tr("A draft: read it before you send it. The last line is for your signature."));
}

ExitCode run_confirm(Context& context, const ConfirmCommand& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const catalogue::ClientDeal deal = find_deal(store, command.deal);
  DealViews views(store, context.now);
  const DealView view = views.of(deal);
  check_state(view);
  const catalogue::Client client = store.catalogue().client_of(deal.client).value_or(catalogue::Client{});
  const LetterDraft draft = Letter(view, client, person_of(views, deal.deal)).draft();
  Output& out = context.out;
  if (out.is_text()) {
    print_letter(out, draft);
  } else {
    out.row({{"deal", view.id.hex()}, {"state", deal_state_name(view.state)}, {"to", draft.to.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(draft.to)},
             {"subject", draft.subject}, {"body", draft.body}});
  }
  tell_what_to_look_at(context, view, draft);
  if (const std::string fresh = freshness(store); !fresh.empty()) context.out.talk(fresh);
  return ExitCode::ok;
}

}  // namespace

void add_confirm(Arguments program, Run& chosen) {
  auto command = std::make_shared<ConfirmCommand>();
  Arguments sub = program.add_command("confirm", tr("draft a mail that sums up a deal from LINE or the phone"));
  sub.alias("確認メール");
  sub.add_argument("DEAL", command->deal, tr("id of a deal (`genchi agreements`), or of any message in it")).required();
  sub.footer(std::string(tr("The mail is in Japanese, as the client reads it, and says no more than what is held: what was agreed, and who said it\n"
                             "when. Of what is not answered yet, or put off, it is an inquiry; an answer with a condition is said to be one. What\n"
                             "was declined or cancelled is not confirmed. Nothing is sent.\n")) +
              "\n" + tr("Exit status: 0 drafted, 1 no such deal, 2 it cannot be confirmed, wrong usage or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_confirm(context, *command); }; });
}

}  // namespace genchi::cli
