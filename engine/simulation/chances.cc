#include "simulation/chances.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace termwise {
namespace {

constexpr std::size_t kNoTable = static_cast<std::size_t>(-1);

/// Numbers the different distributions, in order of appearance.
class Distinct {
  public:
    std::size_t number_of(const std::optional<Distribution>& distribution) {
        if (!distribution) return kNoTable;
        const auto [at, added] = numbers_.try_emplace(key_of(*distribution), all_.size());
        if (added) all_.push_back(*distribution);
        return at->second;
    }
    [[nodiscard]] const std::vector<Distribution>& all() const { return all_; }

  private:
    /// The kind, then the parameters: two distributions are the same exactly if these are.
    static std::vector<double> key_of(const Distribution& distribution) {
        std::vector<double> key{static_cast<double>(distribution.index())};
        const auto parameters = [&](const auto& d) {
            using D = std::decay_t<decltype(d)>;
            if constexpr (std::is_same_v<D, distribution::Fixed>)
                key.push_back(d.value);
            else if constexpr (std::is_same_v<D, distribution::Uniform>)
                key.insert(key.end(), {d.min, d.max});
            else if constexpr (std::is_same_v<D, distribution::Triangular>)
                key.insert(key.end(), {d.min, d.mode, d.max});
            else if constexpr (std::is_same_v<D, distribution::LognormalQuantiles>)
                key.insert(key.end(), {d.median, d.p90});
            else if constexpr (std::is_same_v<D, distribution::LognormalMoments>)
                key.insert(key.end(), {d.mean, d.cv});
            else
                key.insert(key.end(), d.values.begin(), d.values.end());
        };
        std::visit(parameters, distribution);
        return key;
    }

    std::map<std::vector<double>, std::size_t> numbers_;
    std::vector<Distribution> all_;
};

std::uint64_t draws_of(double probability) {
    return static_cast<std::uint64_t>(std::llround(std::clamp(probability, 0.0, 1.0) * 4294967296.0));
}

/// `own` field by field, where it has one, else `common` (M7).
Uncertainty resolved(const Uncertainty& own, const Uncertainty& common) {
    Uncertainty u = common;
    if (own.acceptance) u.acceptance = own.acceptance;
    if (own.decline) u.decline = own.decline;
    if (own.work) u.work = own.work;
    if (own.provision_delay) u.provision_delay = own.provision_delay;
    if (own.provision_failure) u.provision_failure = own.provision_failure;
    return u;
}

}  // namespace

ChanceTables::ChanceTables(const Scenario& scenario) {
    struct Numbers {
        std::size_t acceptance, delay, work;
    };
    Distinct days, multiples;
    std::vector<Numbers> numbers;
    const Uncertainty common = scenario.uncertainty.value_or(Uncertainty{});
    const auto add = [&](const Uncertainty& u) {
        numbers.push_back(
            {days.number_of(u.acceptance), days.number_of(u.provision_delay), multiples.number_of(u.work)});
        Chances chances;
        chances.decline = draws_of(u.decline.value_or(0));
        if (u.provision_failure) {
            chances.provision_failure = draws_of(u.provision_failure->probability);
            chances.retry_days = u.provision_failure->retry_days;
        }
        chances_.push_back(chances);
    };
    add(common);
    for (const Uncertainty& own : scenario.customer_uncertainties) add(resolved(own, common));

    days_.reserve(days.all().size());
    for (const Distribution& distribution : days.all()) days_.emplace_back(distribution);
    multiples_.reserve(multiples.all().size());
    for (const Distribution& distribution : multiples.all()) multiples_.emplace_back(distribution);
    for (std::size_t i = 0; i < chances_.size(); ++i) {
        const Numbers& n = numbers[i];
        if (n.acceptance != kNoTable) chances_[i].acceptance = &days_[n.acceptance];
        if (n.delay != kNoTable) chances_[i].provision_delay = &days_[n.delay];
        if (n.work != kNoTable && !multiples_[n.work].is_one()) chances_[i].work = &multiples_[n.work];
    }
}

bool ChanceTables::any() const {
    return std::ranges::any_of(chances_, [](const Chances& c) {
        return c.acceptance != nullptr || c.provision_delay != nullptr || c.work != nullptr ||
               c.decline > 0 || c.provision_failure > 0;
    });
}

}  // namespace termwise
