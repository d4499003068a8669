// The executor's clock for the real world: the machine's, moved to what the service says.
#pragma once

#include <functional>

#include "execution/clock.h"

namespace termwise::cli {

class LiveClock final : public Clock {
  public:
    /// A wait ends early when `stop` says so.
    explicit LiveClock(std::function<bool()> stop) : stop_(std::move(stop)) {}
    [[nodiscard]] Instant now() override;
    void wait_until(Instant until) override;
    void adopt(Instant server_time) override;

  private:
    std::function<bool()> stop_;
    std::int64_t ahead_s_ = 0;  // of the machine's clock
};

}  // namespace termwise::cli
