#include "mip_peer.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

namespace termwise::bench {
namespace {

/// Fields of a free MPS file, section by section.
class Mps {
  public:
    std::int64_t row(char sense, std::int64_t right) {
        fmt::format_to(std::back_inserter(rows_), " {} r{}\n", sense, count_);
        if (right != 0) fmt::format_to(std::back_inserter(right_), " rhs r{} {}\n", count_, right);
        return count_++;
    }
    void binary(std::int64_t cost) {
        fmt::format_to(std::back_inserter(columns_), " x{} cost {}\n", ++binaries_, cost);
        fmt::format_to(std::back_inserter(bounds_), " BV bound x{}\n", binaries_);
    }
    /// Of the binary added last.
    void entry(std::int64_t row, std::int64_t coefficient) {
        fmt::format_to(std::back_inserter(columns_), " x{} r{} {}\n", binaries_, row, coefficient);
    }
    [[nodiscard]] MixedIntegerProgram program() const {
        return {"NAME portfolio FREE\nROWS\n N cost\n" + rows_ + "COLUMNS\n" + columns_ + "RHS\n" + right_ +
                    "BOUNDS\n" + bounds_ + "ENDATA\n",
                count_, binaries_};
    }

  private:
    std::string rows_, columns_, right_, bounds_;
    std::int64_t count_ = 0, binaries_ = 0;
};

/// Whatever the benchmark's portfolios have not.
bool is_plain(const Options& o) {
    return std::ranges::none_of(
               o.customers, [](const CustomerOptions& c) { return c.needs_invitation || c.has_families; }) &&
           std::ranges::none_of(o.subscriptions, &SubscriptionOptions::may_stay) &&
           std::ranges::none_of(o.exits, &ExitOption::needs_off) &&
           std::ranges::all_of(o.exit_costs, [](const ExitCost& e) { return e.uses == 0; });
}

std::string after(const std::string& text, const std::string& label) {
    const std::size_t at = text.rfind(label);
    return at == std::string::npos ? "" : text.substr(at + label.size());
}

std::string whole_file(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

std::optional<MixedIntegerProgram> mixed_integer_program(const Options& o) {
    if (!is_plain(o)) return std::nullopt;
    Mps mps;
    std::vector<std::int64_t> limit_rows;
    for (const Limit& limit : o.limits->all()) limit_rows.push_back(mps.row('L', limit.room));
    const auto add_uses = [&](std::uint32_t list) {
        for (const Use& use : o.uses.at(list)) mps.entry(limit_rows[use.limit.at()], use.amount);
    };
    std::map<std::uint16_t, std::int64_t> day_rows;  // of the subscription at hand: is there a visit?
    std::map<std::uint16_t, std::vector<std::int64_t>> visits;  // of the customer
    for (const CustomerOptions& customer : o.customers) {
        visits.clear();
        for (const SubscriptionOptions& s : o.subscriptions_of(customer)) {
            const std::int64_t once = mps.row('E', 1);
            day_rows.clear();
            for (const Start& start : o.starts_of(s)) {
                const auto exits = o.exit_costs_of(s, start).subspan(start.first_exit);
                if (exits.empty()) continue;
                if (!day_rows.contains(start.day)) {
                    day_rows[start.day] = mps.row('L', 0);
                    visits[start.day].push_back(day_rows[start.day]);
                }
                mps.binary(start.cost + std::ranges::min(exits, {}, &ExitCost::cost).cost - s.least_cost);
                mps.entry(once, 1);
                mps.entry(day_rows[start.day], 1);
                add_uses(start.uses);
            }
        }
        for (const auto& [day, rows] : visits) {
            const VisitDay& visit = o.visit_on(o.days_of(customer)[day]);
            mps.binary(visit.cost);
            for (const std::int64_t row : rows) mps.entry(row, -1);
            add_uses(visit.uses);
        }
    }
    return mps.program();
}

std::optional<CbcAnswer> run_cbc(const std::string& mps_file, int seconds) {
    const std::string log = mps_file + ".log", solution = mps_file + ".solution";
    const pid_t child = ::fork();
    if (child == 0) {
        if (std::freopen(log.c_str(), "w", stdout) == nullptr) ::_exit(1);
        const std::string limit = std::to_string(seconds);
        ::execlp("cbc", "cbc", mps_file.c_str(), "-timeMode", "cpu", "-sec", limit.c_str(), "-ratio",
                 "0.0001", "-solve", "-solution", solution.c_str(), nullptr);
        ::_exit(127);
    }
    int status = 0;
    rusage used{};
    ::wait4(child, &status, 0, &used);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == 127) return std::nullopt;
    const std::string said = whole_file(log), answer = whole_file(solution);
    CbcAnswer result;
    result.proven = answer.starts_with("Optimal");
    result.total =
        std::strtod(after(answer.substr(0, answer.find('\n')), "objective value").c_str(), nullptr);
    const std::string bound = after(said, "Lower bound:");
    result.bound = bound.empty() ? result.total : std::strtod(bound.c_str(), nullptr);
    result.seconds = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     1e-6 * static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
    result.memory_mb = static_cast<double>(used.ru_maxrss) / 1024.0;
    return result;
}

}  // namespace termwise::bench
