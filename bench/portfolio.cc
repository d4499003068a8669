#include "portfolio.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <utility>

#include "formats/output.h"
#include "formats/scenario_reader.h"
#include "generation/generate.h"

namespace termwise::bench {
namespace {

constexpr std::uint64_t kSeed = 1;

/// The files of one portfolio while they are written; they count their bytes.
class File {
  public:
    File(const ScratchFolder& folder, std::string_view name) : file_(path_in(folder.path(), name)) {}
    [[nodiscard]] TextSink sink() {
        return [this](std::string_view text) {
            file_.write(text);
            bytes_ += text.size();
        };
    }
    std::uintmax_t commit() {
        file_.commit();
        return bytes_;
    }

  private:
    OutputFile file_;
    std::uintmax_t bytes_ = 0;
};

template <class Read>
auto right_or_abort(Read read) {
    Diagnostics diagnostics;
    auto made = read(diagnostics);
    if (made) return std::move(*made);
    std::fprintf(stderr, "%s\n", to_text(diagnostics.all().front()).c_str());
    std::abort();
}

}  // namespace

ScratchFolder::ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "termwise-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string ScratchFolder::write(std::string_view name, std::string_view text) const {
    const std::string path = path_in(path_, name);
    OutputFile file(path);
    file.write(text);
    file.commit();
    return path;
}

Profile benchmark_profile() {
    return right_or_abort([](Diagnostics& diagnostics) {
        return read_profile(TERMWISE_SOURCE_DIR "/scenarios/profiles/benchmark.json", diagnostics);
    });
}

PortfolioFiles write_json(const ScratchFolder& folder, std::int64_t customers) {
    File file(folder, kGeneratedFiles[0]);
    const Generated generated = write_generated(benchmark_profile(), {customers, kSeed}, file.sink());
    return {path_in(folder.path(), kGeneratedFiles[0]), generated.subscriptions, file.commit()};
}

PortfolioFiles write_tables(const ScratchFolder& folder, const Profile& profile, std::int64_t customers) {
    File scenario(folder, kGeneratedFiles[0]);
    File customer_rows(folder, kGeneratedFiles[1]);
    File subscription_rows(folder, kGeneratedFiles[2]);
    const Generated generated =
        write_generated(profile, {customers, kSeed},
                        GeneratedTables{scenario.sink(), customer_rows.sink(), subscription_rows.sink()});
    return {path_in(folder.path(), kGeneratedFiles[0]), generated.subscriptions,
            scenario.commit() + customer_rows.commit() + subscription_rows.commit()};
}

Scenario read(const std::string& path) {
    return right_or_abort([&](Diagnostics& diagnostics) { return read_scenario(path, diagnostics); });
}

Scenario drawn(const Profile& profile, std::int64_t customers) {
    const ScratchFolder folder;
    return read(write_tables(folder, profile, customers).scenario);
}

double peak_memory_mb(const std::function<void()>& work) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) std::abort();
    const pid_t child = ::fork();
    if (child == 0) {
        rusage before{}, after{};
        ::getrusage(RUSAGE_SELF, &before);
        work();
        ::getrusage(RUSAGE_SELF, &after);
        const double megabytes = static_cast<double>(after.ru_maxrss - before.ru_maxrss) / 1024.0;
        ::_exit(::write(ends[1], &megabytes, sizeof megabytes) == sizeof megabytes ? 0 : 1);
    }
    ::close(ends[1]);
    double megabytes = -1;
    if (::read(ends[0], &megabytes, sizeof megabytes) != sizeof megabytes) megabytes = -1;
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return megabytes;
}

}  // namespace termwise::bench
