#include "facts/acts.hpp"

namespace genchi::facts {

Cues read_cues(const Text&, const std::vector<Amount>&, const std::vector<ReadDate>&, const std::vector<OwnCue>&) { return {}; }
std::string pack(const Cues&) { return {}; }
Cues unpack_cues(std::string_view) { return {}; }
Judgement ActJudge::next(const Cues&, Direction, UtcSeconds, const std::optional<Judgement>&) { return {}; }

} // namespace genchi::facts
