// What time it is for an executor. Rehearsals and tests turn a clock of their own.
#pragma once

#include "calendar/instant.h"

namespace termwise {

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() = 0;
    /// Comes back at `until`, or at once if that is past.
    virtual void wait_until(Instant until) = 0;
    /// A server said what time it is: days and windows are counted by that (reference 6.3, clock skew).
    virtual void adopt(Instant server_time) = 0;
};

}  // namespace termwise
