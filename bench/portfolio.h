// Portfolios of benchmarks: drawn by engine/generation from scenarios/profiles/benchmark.json, and what
// benches measure with beside time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "generation/profile.h"
#include "model/scenario.h"

namespace termwise::bench {

/// A folder for the files of one benchmark run, removed at the end.
class ScratchFolder {
  public:
    ScratchFolder();
    ~ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }
    /// The path of the file it has written.
    [[nodiscard]] std::string write(std::string_view name, std::string_view text) const;

  private:
    std::string path_;
};

[[nodiscard]] Profile benchmark_profile();

/// A portfolio as files: three subscriptions a customer on average, the same bytes each time.
struct PortfolioFiles {
    std::string scenario;  ///< its path
    std::int64_t subscriptions = 0;
    std::uintmax_t bytes = 0;  ///< of all files
};
[[nodiscard]] PortfolioFiles write_json(const ScratchFolder& folder, std::int64_t customers);
[[nodiscard]] PortfolioFiles write_tables(const ScratchFolder& folder, const Profile& profile,
                                          std::int64_t customers);

/// Aborts with the first mistake if the scenario is not right.
[[nodiscard]] Scenario read(const std::string& path);

/// A drawn portfolio, read back.
[[nodiscard]] Scenario drawn(const Profile& profile, std::int64_t customers);

/// What `make` makes (a unique_ptr) for a key, so many customers, say: made once, kept to the end. One kind a
/// type.
template <class Key, class Make>
const auto& kept(const Key& key, Make make) {
    static std::map<Key, decltype(make())> all;
    auto& made = all[key];
    if (!made) made = make();
    return *made;
}

/// What `work` costs a process of its own: peak resident memory above what the process had before, in MB.
[[nodiscard]] double peak_memory_mb(const std::function<void()>& work);

}  // namespace termwise::bench
