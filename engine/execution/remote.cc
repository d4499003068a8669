#include "execution/remote.h"

#include <algorithm>
#include <array>

namespace termwise {
namespace {

constexpr std::array<std::string_view, 12> kClassNames{"ok",        "no-answer", "not-sent",  "transient",
                                                       "throttled", "not-ready", "stale",     "re-resolve",
                                                       "absent",    "human",     "permanent", "locked-out"};
constexpr std::array<std::string_view, 3> kChangeNames{"auto-renew-off", "suspend", "cancel"};

}  // namespace

std::string_view reply_class_name(ReplyClass reply_class) {
    return kClassNames[static_cast<std::size_t>(reply_class)];
}

std::string_view change_name(SubscriptionChange change) {
    return kChangeNames[static_cast<std::size_t>(change)];
}

const LiveLicence* LiveUser::licence(std::string_view sku) const {
    const auto found = std::ranges::lower_bound(licences, sku, {}, &LiveLicence::sku);
    return found == licences.end() || found->sku != sku ? nullptr : &*found;
}

}  // namespace termwise
