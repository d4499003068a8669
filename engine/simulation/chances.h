// What may go otherwise than planned, ready to be drawn: the uncertainty of the scenario and of its customers
// (M7), resolved field by field, each distribution made into a table once.
#pragma once

#include <cstdint>
#include <vector>

#include "base/philox.h"
#include "model/scenario.h"
#include "simulation/draw_tables.h"

namespace termwise {

/// Which world: everything random in it is a function of these two (M7.4).
struct WorldKey {
    std::uint64_t seed = 0;
    std::uint32_t replication = 0;
};

/// What a number is drawn for. The kinds of work come first, in the order of WorkKind.
enum class Purpose : std::uint32_t { invite, visit, provision, reassign, auto_renew_off, cancel, answer };

/// The four random words of one draw: `entity` is the position of a customer (invite, visit, answer) or of a
/// subscription, `attempt` counts how often it has drawn for this purpose. The same whatever the plan, so
/// that plans are compared in the same worlds.
[[nodiscard]] inline PhiloxCounter draw(WorldKey world, Purpose purpose, std::int32_t entity,
                                        std::int32_t attempt) {
    return philox_4x32_10(
        {static_cast<std::uint32_t>(entity), static_cast<std::uint32_t>(purpose), world.replication,
         static_cast<std::uint32_t>(attempt)},
        {static_cast<std::uint32_t>(world.seed), static_cast<std::uint32_t>(world.seed >> 32)});
}

/// What each word of a draw decides.
namespace drawn {
inline constexpr std::size_t kTime = 0;        ///< of work: how long it takes
inline constexpr std::size_t kDelay = 1;       ///< of provisioning: its delay
inline constexpr std::size_t kFailure = 2;     ///< of provisioning: whether it fails
inline constexpr std::size_t kAcceptance = 0;  ///< of the answer: how long it takes
inline constexpr std::size_t kDecline = 1;     ///< of the answer: whether it is no
}  // namespace drawn

/// What may go otherwise for one customer. A table that is null: all goes as planned.
struct Chances {
    const DayTable* acceptance = nullptr;  ///< null: after the days that are planned for
    const DayTable* provision_delay = nullptr;
    const MultipleTable* work = nullptr;
    std::uint64_t decline = 0;            ///< of 2^32 draws
    std::uint64_t provision_failure = 0;  ///< of 2^32 draws
    std::int32_t retry_days = 1;
};

/// The chances of every customer. Built once for a scenario and shared by all worlds; refers to nothing.
class ChanceTables {
  public:
    /// Runtime: the sizes of the different distributions.
    explicit ChanceTables(const Scenario& scenario);

    [[nodiscard]] const Chances& of(const Customer& customer) const {
        // Mostly nobody has any of their own: then the customer need not be looked at.
        return chances_.size() == 1 ? chances_[0]
                                    : chances_[static_cast<std::size_t>(customer.uncertainty + 1)];
    }

    /// Whether anything can go otherwise for anybody.
    [[nodiscard]] bool any() const;

  private:
    std::vector<DayTable> days_;
    std::vector<MultipleTable> multiples_;
    std::vector<Chances> chances_;  // the scenario's, then those of customers with some of their own
};

}  // namespace termwise
