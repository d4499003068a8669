// Keeps a remote's requests to a pace while the object lives.
#pragma once

#include "execution/clock.h"
#include "execution/pace.h"
#include "execution/remote.h"

namespace termwise {

class PacedRemote {
  public:
    /// Each request waits until the pace allows it, by `clock`, and is counted. Refers to all three.
    PacedRemote(Remote& remote, Pace& pace, Clock& clock) : remote_(remote) {
        remote.set_gate([&pace, &clock](std::string_view tenant) {
            if (const Instant next = pace.next(tenant, clock.now()); next > clock.now())
                clock.wait_until(next);
            pace.made(tenant, clock.now());
        });
    }
    ~PacedRemote() { remote_.set_gate({}); }
    PacedRemote(const PacedRemote&) = delete;
    PacedRemote& operator=(const PacedRemote&) = delete;

  private:
    Remote& remote_;
};

}  // namespace termwise
