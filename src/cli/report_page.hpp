// A conversation as a page that its other side may see: no marks, no notes, no ids, nothing of how it is kept.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "cli/deal_view.hpp"
#include "cli/price_list.hpp"

namespace genchi::cli {

/// Writes one, piece by piece: begin(), deals() and prices() if there are any, message() for each by time, end(). Read on a
/// phone and printed; the time with its day stands on every message.
class ReportPage {
 public:
  using Sink = std::function<void(std::string_view)>;
  ReportPage(Store& store, Sink sink) : store_(store), sink_(std::move(sink)) {}

  void begin(const std::string& title, const std::vector<std::string>& lines);
  void deals(const std::vector<DealView>& deals);
  /// Of those that changed or stayed over time: two prices or more.
  void prices(const std::vector<PriceGroup>& groups, UtcSeconds now);
  void begin_messages();
  /// `bare`: time, who and words only.
  enum class Detail { all, bare };
  void message(const MessageRecord& message, Detail detail);
  void end();

 private:
  void put(const std::string& html) { sink_(html); }

  Store& store_;
  Sink sink_;
  std::int64_t day_ = INT64_MIN;
};

}  // namespace genchi::cli
