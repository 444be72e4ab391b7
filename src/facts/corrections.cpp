#include "facts/corrections.hpp"

#include <algorithm>

namespace genchi::facts {
namespace {

constexpr const char* by_person = "person";

bool overlap(const TextSpan& a, const TextSpan& b) {
  return a.in_subject == b.in_subject && a.begin < b.end && b.begin < a.end;
}

template <typename Fact>
void decide(std::vector<Fact>& facts, const Correction& correction, const std::optional<Fact>& decided) {
  facts.erase(std::remove_if(facts.begin(), facts.end(), [&](const Fact& fact) { return overlap(fact.place, correction.place); }), facts.end());
  if (correction.action == Correction::Action::reject || !decided) return;
  Fact fact = *decided;
  fact.place = correction.place;
  fact.rule = by_person;
  const auto before = std::find_if(facts.begin(), facts.end(), [&](const Fact& other) {
    return std::pair(!other.place.in_subject, other.place.begin) > std::pair(!fact.place.in_subject, fact.place.begin);
  });
  facts.insert(before, std::move(fact));
}

} // namespace

void apply(const std::vector<Correction>& corrections, Facts& facts) {
  for (const Correction& correction : corrections) {
    switch (correction.kind) {
    case Correction::Kind::amount: decide(facts.amounts, correction, correction.amount); break;
    case Correction::Kind::date: decide(facts.dates, correction, correction.date); break;
    case Correction::Kind::act: {
      const bool none = correction.action == Correction::Action::reject;
      facts.act = none ? Act::none : correction.act;
      facts.conditional = !none && correction.conditional;
      facts.act_rule = by_person;
      break;
    }
    }
  }
}

std::vector<Correction> rejected(const std::vector<Correction>& corrections) {
  std::vector<Correction> out;
  for (const Correction& correction : corrections) {
    if (correction.kind == Correction::Kind::act) continue;
    std::erase_if(out, [&](const Correction& earlier) { return earlier.kind == correction.kind && overlap(earlier.place, correction.place); });
    if (correction.action == Correction::Action::reject) out.push_back(correction);
  }
  return out;
}

} // namespace genchi::facts
