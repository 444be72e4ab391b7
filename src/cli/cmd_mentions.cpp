// genchi mentions: a record of a search: what was looked for, in what, and what was found, or that nothing was.
#include <nlohmann/json.hpp>

#include "cli/command.hpp"
#include "cli/mentions_record.hpp"
#include "cli/message_view.hpp"
#include "cli/search_record.hpp"
#include "genchi/i18n.hpp"
#include "text/width.hpp"

namespace genchi::cli {
namespace {

using nlohmann::ordered_json;

void print_text(Context& context, Store& store, const MentionsQuery& command, const MentionsRecord& record) {
  Output& out = context.out;
  const Say say = [&](const std::string& line) { out.line(line); };
  tell_record(command, record, [&](const std::string& title) { return out.bold(title); }, say);
  ClientNames names(store);
  for (const auto& hit : record.result.hits) {
    out.line();
    print_hit(out, hit, names, "");
  }
  out.line();
  tell_limits(say);
}

void print_rows(Context& context, Store& store, const MentionsQuery& command, const MentionsRecord& record) {
  ClientNames names(store);
  context.out.heading(message_json({}, {}, names, false));
  for (const auto& hit : record.result.hits)
    context.out.row(message_json(hit, index::make_snippet(hit.message, hit.highlights, 160), names, false));
  const Say say = [&](const std::string& line) { context.out.talk(line); };
  tell_record(command, record, [&](const std::string& title) { return context.out.bold(title); }, say);
  tell_limits(say);
}

ordered_json record_json(Context& context, Store& store, const MentionsQuery& command, const MentionsRecord& record) {
  const auto text_or_null = [](const std::string& text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); };
  ordered_json row;
  row["made"] = iso8601({context.now, japan_offset_minutes});
  row["words"] = ordered_json::array();
  for (const Mention& mention : record.mentions) {
    const ShownForms forms = shown_forms(*mention.word);
    const bool exact = mention.word->exact;
    row["words"].push_back({{"word", mention.word->written},
                            {"exact", exact},
                            {"open", mention.word->open_end},
                            {"spellings", exact ? std::vector<std::string>{mention.word->written} : forms.spellings},
                            {"more_spellings", forms.more},
                            {"inflected", forms.inflected},
                            {"synonyms", forms.synonyms},
                            {"found", mention.count}});
  }
  row["client"] = text_or_null(command.list.client);
  row["channel"] = text_or_null(command.list.channel);
  row["account"] = text_or_null(command.list.account);
  row["since"] = text_or_null(command.list.since);
  row["until"] = text_or_null(command.list.until);
  row["clients"] = record.clients;
  row["days"] = {{"first", text_or_null(record.first_day)}, {"last", text_or_null(record.last_day)}};
  row["searched"] = coverage_json(record.coverage);
  row["hidden"] = {{"messages", record.coverage.hidden}, {"searched", command.hidden}};
  row["set_aside"] = record.set_aside;
  row["journal"] = {{"rows", record.head}, {"sha256", record.head_hash}};
  row["found"] = record.result.count;
  row["messages"] = ordered_json::array();
  ClientNames names(store);
  for (const auto& hit : record.result.hits)
    row["messages"].push_back(message_json(hit, index::make_snippet(hit.message, hit.highlights, 160), names, true));
  return row;
}

ExitCode run_mentions(Context& context, const MentionsQuery& command) {
  Store store = context.open();
  nothing_is_written_from_now_on();
  const MentionsRecord record = record_mentions(context, store, command, command.list.effective_limit(context.out));
  if (context.out.is_text()) {
    print_text(context, store, command, record);
  } else if (context.out.format() == Format::json) {
    context.out.row(record_json(context, store, command, record));
  } else {
    print_rows(context, store, command, record);
  }
  return record.result.count == 0 ? ExitCode::nothing_found : ExitCode::ok;
}

}  // namespace

void add_mentions(Arguments program, Run& chosen) {
  auto command = std::make_shared<MentionsQuery>();
  Arguments sub = program.add_command("mentions", tr("record whether something was mentioned: what was searched, in what, and what was found"));
  sub.alias("言及");
  sub.add_argument("WORD", command->words, tr("words or \"phrases\"; any of them counts")).required();
  sub.add_flag("--synonyms", command->synonyms, tr("words of the same meaning, too"));
  sub.add_flag("--hidden", command->hidden, tr("spam and trash too"));
  command->list.add_to(sub, ListOptions::OurMarks::no);
  sub.footer(std::string(tr("Examples:\n"
                 "  genchi mentions 追加料金 --client 青葉\n"
                 "  genchi mentions キャンセル料 違約金 --client 青葉 --since 2025-04 --until 2025-09\n")) +
              "\n" + tr("Exit status: 0 it was mentioned, 1 it was not found, 2 wrong use or failure."));
  sub.when_chosen([command, &chosen] { chosen = [command](Context& context) { return run_mentions(context, *command); }; });
}

}  // namespace genchi::cli
