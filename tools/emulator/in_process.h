// Partner Center's client in front of an emulator in the same process.
#pragma once

#include <functional>
#include <string>

#include "emulator/emulator.h"
#include "live/partner_center.h"

namespace termwise::emulator {

class InProcessCenter {
  public:
    /// `new_guid` gives the ids of calls that only read. `transport`: in place of the emulator's own, for
    /// whoever wants to see or break calls; null: none. All of them must outlive this.
    InProcessCenter(Emulator& emulator, std::function<std::string()> new_guid,
                    Transport* transport = nullptr);

    [[nodiscard]] live::PartnerCenter& center() { return center_; }

  private:
    EmulatorTransport own_;
    live::TokenSource tokens_;
    live::PartnerCenter center_;
};

}  // namespace termwise::emulator
