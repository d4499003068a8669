// The executor's clock for the real world: the machine's, moved to what the service says.
#pragma once

#include <functional>

#include "execution/clock.h"

namespace termwise::cli {

class LiveClock final : public Clock {
  public:
    /// A wait ends early when `stop` says so. With `trusts_any_time` the service may live in another year, as
    /// an emulator does; else what is more than a quarter of an hour away is not believed.
    LiveClock(std::function<bool()> stop, bool trusts_any_time)
        : stop_(std::move(stop)), trusts_any_time_(trusts_any_time) {}
    [[nodiscard]] Instant now() override;
    void wait_until(Instant until) override;
    void adopt(Instant server_time) override;
    /// Whether a time of the service was not believed.
    [[nodiscard]] bool has_doubts() const { return has_doubts_; }

  private:
    std::function<bool()> stop_;
    bool trusts_any_time_;
    std::int64_t ahead_s_ = 0;  // of the machine's clock
    bool has_doubts_ = false;
};

}  // namespace termwise::cli
