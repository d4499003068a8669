// Reading portfolios, beside what a textbook would do: parse the file into a tree and pick the fields out.
#include <benchmark/benchmark.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "formats/scenario_reader.h"
#include "portfolio.h"

namespace termwise::bench {
namespace {

std::int64_t seats_in(const std::string& path) {
    Diagnostics diagnostics;
    const auto scenario = read_scenario(path, diagnostics);
    if (!scenario) {
        std::fprintf(stderr, "%s\n", to_text(diagnostics.all().front()).c_str());
        std::abort();
    }
    std::int64_t seats = 0;
    for (const Subscription& s : scenario->subscriptions) seats += s.seats;
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
                            s.at("unit_price"), s.at("seats"), s.at("auto_renew")});
    std::int64_t seats = 0;
    for (const Row& row : rows) seats += row.seats;
    return seats;
}

void report(benchmark::State& state, std::size_t bytes, std::int64_t seats,
            const std::function<void()>& work) {
    state.SetItemsProcessed(state.iterations() * state.range(0));
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
    state.counters["file_mb"] = static_cast<double>(bytes) / 1e6;
    state.counters["answer"] = static_cast<double>(seats);
    state.counters["peak_mb"] = peak_memory_mb(work);
}

void BM_ReadJson(benchmark::State& state) {
    const ScratchFolder folder;
    std::size_t bytes = 0;
    std::string path;
    {
        const std::string text = scenario_json({state.range(0), 1});
        bytes = text.size();
        path = folder.write("scenario.json", text);
    }
    std::int64_t seats = 0;
    for (auto _ : state) seats = seats_in(path);
    report(state, bytes, seats, [&] { seats_in(path); });
}

void BM_ReadJsonByTree(benchmark::State& state) {
    const ScratchFolder folder;
    std::size_t bytes = 0;
    std::string path;
    {
        const std::string text = scenario_json({state.range(0), 1});
        bytes = text.size();
        path = folder.write("scenario.json", text);
    }
    std::int64_t seats = 0;
    for (auto _ : state) seats = seats_by_tree(path);
    report(state, bytes, seats, [&] { seats_by_tree(path); });
}

void BM_ReadCsv(benchmark::State& state) {
    const ScratchFolder folder;
    std::size_t bytes = 0;
    std::string path;
    {
        const PortfolioFiles files = scenario_tables({state.range(0), 1});
        bytes = files.customers.size() + files.subscriptions.size();
        folder.write("customers.csv", files.customers);
        folder.write("subscriptions.csv", files.subscriptions);
        path = folder.write("scenario.json", files.scenario);
    }
    std::int64_t seats = 0;
    for (auto _ : state) seats = seats_in(path);
    report(state, bytes, seats, [&] { seats_in(path); });
}

BENCHMARK(BM_ReadJson)
    ->Arg(10)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(300'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReadJsonByTree)->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(300'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReadCsv)
    ->Arg(10)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(300'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace termwise::bench
