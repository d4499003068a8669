#include "portfolio.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "calendar/day.h"

namespace termwise::bench {
namespace {

/// SplitMix64: a function of seed and counter, nothing hidden.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL) {}
    std::int64_t below(std::int64_t limit) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
    }
    bool chance(int percent) { return below(100) < percent; }

  private:
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t state_;
};

struct Row {
    std::int64_t customer = 0;
    int offer = 0;  // position in kOffers
    std::int64_t seats = 1;
    bool monthly = false;
    Day term_start;
    bool auto_renew = false;
    std::int64_t grows_to = 0;  // 0: does not
    Day grows_on;
};

struct OldOffer {
    const char* id;
    const char* sku;
    const char* same;  // target with the same licence
    int yearly;        // whole dollars
};
constexpr std::array<OldOffer, 4> kOffers{{{"o365-e3-old", "ENTERPRISEPACK", "o365-e3", 240},
                                           {"o365-e1-old", "STANDARDPACK", "o365-e1", 96},
                                           {"bp-old", "SPB", "bp", 264},
                                           {"visio-old", "VISIOCLIENT", "visio", 180}}};

constexpr const char* kFrame = R"({
 "format": "termwise-scenario/1", "name": "Benchmark portfolio", "currency": "USD", "perspective": "customer",
 "horizon": {"start": "2026-01-05", "end": "2027-07-05"},
 "teams": [{"id": "ops", "labour_rate": "60.00", "capacity": {"per": "week", "minutes": %CAPACITY%}}],
 "effort": {"invite": {"minutes": 10}, "visit": {"minutes": 40}, "provision": {"minutes": 15},
            "reassign": {"seconds_per_seat": 30, "seats_per_day": 200}, "auto_renew_off": {"minutes": 5}, "cancel": {"minutes": 10}},
 "disruption": {"reassign_per_seat": "4.00", "gap_per_seat_day": "5.00"},
 "acceptance": {"plan_days": 10}, "strategy": {"overlap_days": 7},
 "programmes": [
  {"id": "old", "cancellation": {"refund": "none", "remaining": "due"}, "grace_days": 30},
  {"id": "new", "cancellation": {"allowed": "window", "refund": "prorated", "refund_window_days": 6}}],
 "offers": [
  {"id": "o365-e3-old", "programme": "old", "sku": "ENTERPRISEPACK", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "240.00"}, {"term": "P1Y", "billing": "P1M", "unit_price": "20.00"}]},
  {"id": "o365-e1-old", "programme": "old", "sku": "STANDARDPACK", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "96.00"}, {"term": "P1Y", "billing": "P1M", "unit_price": "8.00"}]},
  {"id": "bp-old", "programme": "old", "sku": "SPB", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "264.00"}, {"term": "P1Y", "billing": "P1M", "unit_price": "22.00"}]},
  {"id": "visio-old", "programme": "old", "sku": "VISIOCLIENT", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "180.00"}, {"term": "P1Y", "billing": "P1M", "unit_price": "15.00"}]},
  {"id": "o365-e3", "programme": "new", "sku": "ENTERPRISEPACK", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "23.00"}, {"term": "P1M", "billing": "P1M", "unit_price": "27.60"}]},
  {"id": "o365-e1", "programme": "new", "sku": "STANDARDPACK", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "10.00"}, {"term": "P1M", "billing": "P1M", "unit_price": "12.00"}]},
  {"id": "m365-e3", "programme": "new", "sku": "SPE_E3", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "36.00"}, {"term": "P1M", "billing": "P1M", "unit_price": "43.20"}]},
  {"id": "bp", "programme": "new", "sku": "SPB", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "22.00"}, {"term": "P1M", "billing": "P1M", "unit_price": "26.40"}]},
  {"id": "visio", "programme": "new", "sku": "VISIOCLIENT", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "15.00"}, {"term": "P1M", "billing": "P1M", "unit_price": "18.00"}]}],
 "transitions": [{"from": "o365-e3-old", "to": "o365-e3"}, {"from": "o365-e1-old", "to": "m365-e3"}, {"from": "o365-e1-old", "to": "o365-e1"},
                 {"from": "bp-old", "to": "bp"}, {"from": "visio-old", "to": "visio"}],
)";

std::string frame(PortfolioSize size) {
    std::string text = kFrame;
    // Enough for everything, tight in the weeks before a quarter's end.
    const std::int64_t minutes = 2400 + size.subscriptions * 9;
    text.replace(text.find("%CAPACITY%"), 10, std::to_string(minutes));
    return text;
}

/// Calls `f(Row)` for every subscription, customer by customer.
void for_each_row(PortfolioSize size, const std::function<void(const Row&)>& f) {
    Draw draw(size.seed);
    const Day first = to_day({2025, 2, 20});  // terms end from 2026-02-20 on: time enough to invite
    constexpr std::array<CivilDate, 4> kQuarterStarts{
        {{2025, 4, 1}, {2025, 7, 1}, {2025, 10, 1}, {2026, 1, 1}}};
    std::int64_t customer = 0, left = 0;
    for (std::int64_t i = 0; i < size.subscriptions; ++i) {
        if (left == 0) {
            ++customer;
            left = 1 + draw.below(5);
        }
        --left;
        Row row;
        row.customer = customer;
        row.offer = static_cast<int>(draw.below(4));
        row.seats = 1 + draw.below(draw.chance(10) ? 500 : 60);
        row.monthly = draw.chance(30);
        row.term_start = draw.chance(55) ? to_day(kQuarterStarts[static_cast<std::size_t>(draw.below(4))])
                                         : first + static_cast<std::int32_t>(draw.below(319));
        row.auto_renew = draw.chance(40);
        if (draw.chance(10)) {
            row.grows_to = row.seats + 1 + draw.below(20);
            row.grows_on = to_day({2026, 2, 1}) + static_cast<std::int32_t>(draw.below(400));
        }
        f(row);
    }
}

std::string price_text(const Row& row) {
    const int yearly = kOffers[static_cast<std::size_t>(row.offer)].yearly;
    return fmt::format("{}.00", row.monthly ? yearly / 12 : yearly);
}

}  // namespace

std::string scenario_json(PortfolioSize size) {
    std::string text = frame(size) + " \"customers\": [";
    std::int64_t customer = 0, number = 0;
    auto out = std::back_inserter(text);
    for_each_row(size, [&](const Row& row) {
        if (row.customer != customer) {
            if (customer != 0) text += "]},";
            customer = row.customer;
            fmt::format_to(out,
                           "\n  {{\"id\": \"customer-{:07}\", \"name\": \"Customer {}\", \"relationship\": "
                           "\"{}\", \"subscriptions\": [",
                           customer, customer, customer % 3 == 0 ? "active" : "pending");
        } else {
            text += ',';
        }
        fmt::format_to(out,
                       "\n    {{\"id\": \"subscription-{:07}\", \"offer\": \"{}\", \"seats\": {}, \"term\": "
                       "\"P1Y\", \"billing\": \"{}\", "
                       "\"term_start\": \"{}\", \"unit_price\": \"{}\", \"auto_renew\": {}, \"parent\": "
                       "null, \"must_move\": true",
                       ++number, kOffers[static_cast<std::size_t>(row.offer)].id, row.seats,
                       row.monthly ? "P1M" : "P1Y", to_text(row.term_start), price_text(row), row.auto_renew);
        if (row.grows_to > 0)
            fmt::format_to(out, ", \"demand\": [{{\"from\": \"{}\", \"seats\": {}}}]", to_text(row.grows_on),
                           row.grows_to);
        text += '}';
    });
    text += "]}]}\n";
    return text;
}

PortfolioFiles scenario_tables(PortfolioSize size) {
    PortfolioFiles files;
    files.scenario =
        frame(size) +
        " \"portfolio\": {\"customers\": \"customers.csv\", \"subscriptions\": \"subscriptions.csv\"}}\n";
    files.customers = "id,name,relationship\n";
    files.subscriptions =
        "customer,id,offer,seats,term,billing,term_start,unit_price,auto_renew,parent,must_move,demand\n";
    std::int64_t customer = 0, number = 0;
    auto customers = std::back_inserter(files.customers);
    auto subscriptions = std::back_inserter(files.subscriptions);
    for_each_row(size, [&](const Row& row) {
        if (row.customer != customer) {
            customer = row.customer;
            fmt::format_to(customers, "customer-{:07},Customer {},{}\n", customer, customer,
                           customer % 3 == 0 ? "active" : "pending");
        }
        fmt::format_to(
            subscriptions, "customer-{:07},subscription-{:07},{},{},P1Y,{},{},{},{},,true,{}\n", customer,
            ++number, kOffers[static_cast<std::size_t>(row.offer)].id, row.seats, row.monthly ? "P1M" : "P1Y",
            to_text(row.term_start), price_text(row), row.auto_renew,
            row.grows_to > 0 ? fmt::format("{}={}", to_text(row.grows_on), row.grows_to) : std::string());
    });
    return files;
}

ScratchFolder::ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "termwise-bench-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::string ScratchFolder::write(const std::string& name, std::string_view text) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
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
