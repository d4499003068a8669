#include "planning/cover_cut.h"

#include <algorithm>
#include <functional>

namespace termwise {
namespace {

/// To be broken by less is not worth a row.
constexpr double kLeastBroken = 0.02;

struct Candidate {
    std::size_t customer = 0;
    std::int64_t amount = 0;  // beyond the customer's least
    double share = 0;         // of the solution that takes at least so much
};

/// How little of the solution has to be given up for a second of the cover.
double doubt(const Candidate& c) { return (1.0001 - c.share) / static_cast<double>(c.amount); }

/// For each customer the amount that counts most for a cover.
std::vector<Candidate> candidates_of(const std::vector<UsesOfLimit>& uses) {
    std::vector<Candidate> candidates;
    for (std::size_t c = 0; c < uses.size(); ++c) {
        double share = 0;
        std::optional<Candidate> best;
        for (const UsesOfLimit::Share& taken : uses[c].shares) {
            share += taken.share;
            const std::int64_t amount = taken.amount - uses[c].least;
            if (amount <= 0 || share < kLeastBroken) continue;
            const Candidate candidate{c, amount, std::min(share, 1.0)};
            if (!best || doubt(candidate) < doubt(*best)) best = candidate;
        }
        if (best) candidates.push_back(*best);
    }
    std::ranges::stable_sort(candidates, {}, doubt);
    return candidates;
}

}  // namespace

std::optional<CoverCut> find_cover_cut(LimitIndex limit, std::int64_t room, std::vector<UsesOfLimit> uses) {
    for (UsesOfLimit& of_customer : uses) {
        room -= of_customer.least;
        std::ranges::sort(of_customer.shares, std::greater{}, &UsesOfLimit::Share::amount);
    }
    std::vector<Candidate> cover = candidates_of(uses);
    std::int64_t sum = 0;
    std::size_t size = 0;
    while (size < cover.size() && sum <= room) sum += cover[size++].amount;
    if (sum <= room || size == 0) return std::nullopt;
    cover.resize(size);
    // Whoever is not needed goes, the most doubtful first.
    std::ranges::stable_sort(cover, {}, &Candidate::share);
    std::erase_if(cover, [&](const Candidate& c) {
        if (sum - c.amount <= room) return false;
        sum -= c.amount;
        return true;
    });
    double broken = 1 - static_cast<double>(cover.size());
    for (const Candidate& c : cover) broken += c.share;
    CoverCut cut;
    cut.limit = limit;
    cut.most = static_cast<std::int64_t>(cover.size()) - 1;
    // Who can do with less, so that the others still leave no room, is asked for less.
    std::int64_t largest = 0;
    for (Candidate& c : cover) {
        const std::int64_t enough = room - (sum - c.amount) + 1;
        std::int64_t lowest = c.amount;
        for (const UsesOfLimit::Share& taken : uses[c.customer].shares) {
            const std::int64_t amount = taken.amount - uses[c.customer].least;
            if (amount < enough || amount >= c.amount) continue;
            lowest = std::min(lowest, amount);
            broken += taken.share;
        }
        sum -= c.amount - lowest;
        c.amount = lowest;
        largest = std::max(largest, lowest);
        cut.members.push_back({c.customer, uses[c.customer].least + lowest});
    }
    // Whoever else takes at least as much as each of them may stand in one's place.
    for (std::size_t c = 0; c < uses.size(); ++c) {
        if (std::ranges::find(cover, c, &Candidate::customer) != cover.end()) continue;
        for (const UsesOfLimit::Share& taken : uses[c].shares)
            if (taken.amount - uses[c].least >= largest) broken += taken.share;
        cut.members.push_back({c, uses[c].least + largest});
    }
    if (broken < kLeastBroken) return std::nullopt;
    std::ranges::sort(cut.members, {}, &CoverCut::Member::customer);
    return cut;
}

}  // namespace termwise
