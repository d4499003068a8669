// A seeded portfolio for benchmarks, as files and as text: the same seed, the same bytes. Terms end clustered
// at quarter ends, a third is billed monthly, a third moves to another offer, some grow, some have add-ons.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace termwise::bench {

struct PortfolioSize {
    std::int64_t subscriptions = 1000;
    std::uint64_t seed = 1;
};

/// A scenario with the customers inline (three subscriptions each on average).
[[nodiscard]] std::string scenario_json(PortfolioSize size);

/// The same portfolio as a scenario that names two tables.
struct PortfolioFiles {
    std::string scenario;  ///< names customers.csv and subscriptions.csv
    std::string customers;
    std::string subscriptions;
};
[[nodiscard]] PortfolioFiles scenario_tables(PortfolioSize size);

/// A folder for the files of one benchmark run, removed at the end.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    /// Writes a file there; returns its path.
    std::string write(const std::string& name, std::string_view text) const;

  private:
    std::string path_;
};

/// What `work` costs a process of its own: peak resident memory above what the process had before, in MB.
[[nodiscard]] double peak_memory_mb(const std::function<void()>& work);

}  // namespace termwise::bench
