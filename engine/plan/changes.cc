#include "plan/changes.h"

#include <cstddef>

namespace termwise {
namespace {

/// The first row of each subscription of a plan, one after the other.
class Rows {
  public:
    explicit Rows(const Plan& plan) : moves_(plan.moves) {}

    [[nodiscard]] const Move* row() const { return at_ < moves_.size() ? &moves_[at_] : nullptr; }
    void next() {
        const SubscriptionIndex passed = moves_[at_].subscription;
        while (at_ < moves_.size() && moves_[at_].subscription == passed) ++at_;
    }

  private:
    const std::vector<Move>& moves_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<Change> changes_between(const Plan& was, const Plan& is) {
    std::vector<Change> changes;
    Rows old_rows(was), new_rows(is);
    while (old_rows.row() != nullptr || new_rows.row() != nullptr) {
        const Move* before = old_rows.row();
        const Move* after = new_rows.row();
        if (before != nullptr && after != nullptr && before->subscription != after->subscription)
            (before->subscription < after->subscription ? after : before) = nullptr;
        if (before != nullptr) old_rows.next();
        if (after != nullptr) new_rows.next();
        if (before != nullptr && after != nullptr && *before == *after) continue;
        changes.push_back({before != nullptr ? before->subscription : after->subscription, before, after});
    }
    return changes;
}

}  // namespace termwise
