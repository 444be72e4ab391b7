#include "evidence/page.hpp"

#include <fmt/format.h>

#include <string>

#include "base/bytes.hpp"
#include "genchi/i18n.hpp"
#include "text/html_page.hpp"
#include "text/number_words.hpp"

namespace genchi::evidence {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light;--ink:#16191d;--dark:#3c434c;--grey:#5d6671;--line:#c9cfd6;--band:#e6e9ed;--stamp:#b0121b}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:56rem;font:16px/1.65 "Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;color:var(--ink);background:#fff;overflow-wrap:anywhere}
h1{font-size:1.4rem;line-height:1.4;margin:.2rem 0 .6rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
p{margin:.3rem 0}a{color:inherit}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.05rem .8rem;margin:.3rem 0;font-size:.84rem;line-height:1.5;color:var(--dark)}
dt{color:var(--grey);max-width:9rem}dd{margin:0}
.note{font-size:.88rem;color:var(--dark);padding-left:1.3em;text-indent:-1.3em}.note::before{content:"※ "}
nav ol{list-style:none;margin:0;padding:0;border-top:1px solid var(--line);font-size:.92rem}
nav a{display:grid;grid-template-columns:5.5rem minmax(0,1fr) 9.5rem;gap:0 .8rem;padding:.25rem .2rem;border-bottom:1px solid var(--line);text-decoration:none}
nav a:hover{background:#f3f5f7}nav b{color:var(--stamp);font-weight:600}nav small{color:var(--grey);font-size:.85rem}
section{margin:2.4rem 0 0;border-top:2px solid var(--ink);padding-top:.7rem;content-visibility:auto;contain-intrinsic-size:auto 40rem}
section>header{display:flow-root}
.number{float:right;border:2px solid var(--stamp);color:var(--stamp);font-weight:600;padding:.05rem .7rem;margin:0 0 .3rem .8rem}
section h2{margin:.1rem 0 .3rem}
article{margin:1.1rem 0 0}
article h3{font-size:.95rem;font-weight:600;margin:0;padding:.2rem .5rem;background:var(--band);font-variant-numeric:tabular-nums}
article h3 time{margin-right:1em}
article>*:not(h3){margin-left:.5rem}
article.context{margin-left:1.1rem;border-left:4px solid var(--line);padding-left:.6rem;color:var(--dark)}
article.context h3{background:#f4f5f7;font-weight:500}
.label{float:right;font-size:.8rem;font-weight:500;border:1px solid var(--grey);border-radius:3px;padding:0 .4rem;color:var(--dark);background:#fff;margin-left:.6rem}
.text{white-space:pre-wrap;margin-top:.5rem;margin-bottom:.5rem;tab-size:4}
article>blockquote{margin:.4rem 0 .4rem 1rem}blockquote{padding-left:.8rem;border-left:2px solid var(--line);color:var(--grey);font-size:.92rem}
blockquote small{display:block;font-size:.75rem;line-height:1.3}
.signature{color:var(--grey);font-size:.92rem}
.files{list-style:none;padding:0;margin-top:.4rem;font-size:.9rem}.files li{margin:.25rem 0}
.files small{display:block;color:var(--grey);font-size:.8rem;line-height:1.5}.hash{font-family:ui-monospace,Menlo,Consolas,monospace}
@media (max-width:40rem){body{padding:.7rem;font-size:15px}nav a{grid-template-columns:4.2rem minmax(0,1fr)}nav small{grid-column:2}
dl{grid-template-columns:minmax(0,5.2rem) minmax(0,1fr)}article.context{margin-left:.4rem}section h2{font-size:1rem}.label{float:none;display:inline-block;margin:0 0 .1rem}article h3 time{display:block}}
@page{size:A4;margin:18mm 18mm 18mm 25mm}
@media print{body{max-width:none;padding:0;font-size:10pt;line-height:1.55}nav{break-after:page}section{content-visibility:visible;break-before:page;margin-top:0}
nav+section{break-before:auto}h2,h3,section>header{break-after:avoid}dl,.files li,nav a,.note{break-inside:avoid}.text{orphans:3;widows:3}
article h3,article.context h3,.label{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
)";

std::string fields_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string rows;
  for (const auto& [label, value] : fields)
    if (!value.empty()) rows += html_element("dt", "", label) + html_element("dd", "", value);
  return rows.empty() ? "" : "<dl>" + rows + "</dl>\n";
}

std::string notes_of(const std::vector<std::string>& notes) {
  std::string out;
  for (const std::string& note : notes) out += html_element("p", "note", note) + "\n";
  return out;
}

std::string files_of(const ExhibitWords& words, const std::vector<ExhibitFile>& files) {
  if (files.empty()) return {};
  std::string out = "<ul class=\"files\">\n";
  for (const ExhibitFile& file : files) {
    out += "<li>【" + html_escaped(words.file) + "】 " + html_escaped(called(words, file));
    const std::string size = file.sha256.empty() ? words.not_held : size_words(words, file.bytes);
    out += html_element("small", "", file.name.empty() || file.kind.empty() ? size : file.kind + "　" + size);
    if (!file.sha256.empty()) out += html_element("small", "hash", "SHA-256: " + file.sha256);
    if (!file.path.empty()) out += html_element("small", "", file.path);
    out += "</li>\n";
  }
  return out + "</ul>\n";
}

/// A run of the words of a message; without the line end that its block makes itself.
std::string run_of(const ExhibitWords& words, std::string_view run, SectionKind kind) {
  if (run.ends_with('\n')) run.remove_suffix(1);
  switch (kind) {
  case SectionKind::quoted:
    return "<blockquote>" + html_element("small", "", words.quoted) + html_element("div", "text", run) + "</blockquote>\n";
  case SectionKind::signature: return html_element("div", "text signature", run) + "\n";
  default: return html_element("div", "text", run) + "\n";
  }
}

std::string text_of(const ExhibitWords& words, const ExhibitMessage& message) {
  if (trim(message.text).empty()) return message.files.empty() ? html_element("p", "note", words.no_words) + "\n" : "";
  std::string out;
  const std::string_view text = message.text;
  std::size_t done = 0;
  const auto run = [&](std::size_t end, SectionKind kind) {
    if (end > done) out += run_of(words, text.substr(done, end - done), kind);
    done = end;
  };
  for (const TextSection& section : message.sections) {
    if (section.begin < done || section.end < section.begin || section.end > text.size()) continue;
    run(section.begin, SectionKind::own);
    run(section.end, section.kind);
  }
  run(text.size(), SectionKind::own);
  return out;
}

}  // namespace

PageWriter::PageWriter(PageSink sink) : sink_(std::move(sink)), words_(exhibit_words()) {}

void PageWriter::begin(const PackHeading& heading) {
  sink_(html_begin(heading.title, style));
  sink_("<header>\n" + html_element("h1", "", heading.title) + "\n" + fields_of(heading.fields) + notes_of(heading.notes) + "</header>\n");
}

void PageWriter::exhibit(const Exhibit& exhibit) {
  ++exhibits_;
  contents_.append(fmt::format("<li><a href=\"#e{}\">{}{}{}</a></li>\n", exhibits_, html_element("b", "", exhibit.number),
                               html_element("span", "", exhibit.title), html_element("small", "", exhibit.created)));
  body_.append(fmt::format("<section id=\"e{}\">\n<header>{}{}\n", exhibits_, html_element("span", "number", exhibit.number), html_element("h2", "", exhibit.title)));
  body_.append(fields_of({{words_.created, exhibit.created}, {words_.author, exhibit.author}, {words_.original, exhibit.original}}) +
               notes_of(exhibit.notes) + "</header>\n");
  for (const ExhibitMessage& one : exhibit.messages) message(one);
  body_.append("</section>\n");
}

void PageWriter::message(const ExhibitMessage& message) {
  ++messages_;
  body_.append(message.context ? "<article class=\"context\"><h3>" + html_element("span", "label", words_.context) : "<article><h3>");
  body_.append(html_element("time", "", message.time) + html_escaped(message.who) + "</h3>\n" + fields_of(message.fields));
  body_.append(text_of(words_, message));
  body_.append(files_of(words_, message.files) + notes_of(message.notes) + "</article>\n");
}

void PageWriter::end() {
  sink_("<nav>\n" + html_element("h2", "", tr("Contents")) + "\n" +
        html_element("p", "", trf("{0} exhibits, {1} messages", grouped_number(static_cast<std::int64_t>(exhibits_)), grouped_number(static_cast<std::int64_t>(messages_)))) + "\n<ol>\n");
  sink_(contents_.view());
  sink_("</ol>\n</nav>\n");
  sink_(body_.view());
  sink_(html_end);
}

}  // namespace genchi::evidence
