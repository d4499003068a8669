// Reading portfolios, beside what a textbook would do: parse the file into a tree and pick the fields out.
#include <benchmark/benchmark.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "portfolio.h"

namespace termwise::bench {
namespace {

std::int64_t seats_in(const std::string& path) {
    const Scenario scenario = read(path);
    std::int64_t seats = 0;
    for (const Subscription& s : scenario.subscriptions) seats += s.seats;
    return seats;
}

/// The peer: a tree, then rows; no checks, no names resolved.
std::int64_t seats_by_tree(const std::string& path) {
    struct Row {
        std::string id, offer, term, billing, term_start, unit_price;
        std::int64_t seats = 0;
        bool auto_renew = false;
    };
    std::vector<Row> rows;
    std::ifstream file(path);
    const nlohmann::json tree = nlohmann::json::parse(file);
    for (const auto& customer : tree.at("customers"))
        for (const auto& s : customer.at("subscriptions"))
            rows.push_back({s.at("id"), s.at("offer"), s.at("term"), s.at("billing"), s.at("term_start"),
                            s.at("unit_price"), s.at("seats"), s.value("auto_renew", false)});
    std::int64_t seats = 0;
    for (const Row& row : rows) seats += row.seats;
    return seats;
}

void measure(benchmark::State& state, const PortfolioFiles& files,
             const std::function<std::int64_t(const std::string&)>& read_seats) {
    std::int64_t seats = 0;
    for (auto _ : state) seats = read_seats(files.scenario);
    state.SetItemsProcessed(state.iterations() * files.subscriptions);
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(files.bytes));
    state.counters["subscriptions"] = static_cast<double>(files.subscriptions);
    state.counters["file_mb"] = static_cast<double>(files.bytes) / 1e6;
    state.counters["answer"] = static_cast<double>(seats);
    state.counters["peak_mb"] = peak_memory_mb([&] { read_seats(files.scenario); });
}

void BM_ReadJson(benchmark::State& state) {
    const ScratchFolder folder;
    measure(state, write_json(folder, state.range(0)), seats_in);
}

void BM_ReadJsonByTree(benchmark::State& state) {
    const ScratchFolder folder;
    measure(state, write_json(folder, state.range(0)), seats_by_tree);
}

void BM_ReadCsv(benchmark::State& state) {
    const ScratchFolder folder;
    measure(state, write_tables(folder, benchmark_profile(), state.range(0)), seats_in);
}

// By customers.
BENCHMARK(BM_ReadJson)->Arg(3)->Arg(300)->Arg(30'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReadJsonByTree)->Arg(3)->Arg(300)->Arg(30'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReadCsv)->Arg(3)->Arg(300)->Arg(30'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace termwise::bench
