#include "sweep/contest_writer.h"

#include "formats/json_writer.h"
#include "money/decimal.h"

namespace termwise {
namespace {

class Writer {
  public:
    Writer(const ContestFrame& frame, std::string_view format, const TextSink& sink)
        : frame_(frame), out_(JsonWriter::Layout::indented, sink) {
        out_.begin_object().field("format", format);
        out_.key("scenario").begin_object().field("name", frame.scenario_name);
        out_.field("digest", frame.scenario_digest).field("currency", frame.currency).end_object();
        out_.key("strategies")
            .begin_list()
            .value(approach_name(frame.first))
            .value(approach_name(frame.second))
            .end_list();
        out_.field("replications", static_cast<std::int64_t>(frame.replications)).key("seed");
        frame.replications > 0 ? out_.value(static_cast<std::int64_t>(frame.seed)) : out_.null();
        if (frame.gap) out_.field("gap", *frame.gap);
        if (frame.effort) out_.field("effort", *frame.effort);
    }

    JsonWriter& out() { return out_; }

    void text_or_null(std::string_view name, const std::string& text) {
        out_.key(name);
        text.empty() ? out_.null() : out_.value(text);
    }
    void money(std::string_view name, std::optional<Money> amount) {
        out_.key(name);
        amount ? out_.value(to_decimal_text(*amount, frame_.minor_digits)) : out_.null();
    }
    /// The fields of a contest; the object is open.
    void contest(const Contest& contest) {
        const auto run = [&](Approach strategy, const RunResult& result) {
            out_.begin_object().field("strategy", approach_name(strategy)).field("feasible", result.feasible);
            money("total", result.amount());
            out_.end_object();
        };
        out_.key("totals").begin_list();
        run(frame_.first, contest.first);
        run(frame_.second, contest.second);
        out_.end_list();
        money("difference", contest.difference());
        out_.key("better");
        switch (contest.better()) {
            case Better::first:
                out_.value(approach_name(frame_.first));
                break;
            case Better::second:
                out_.value(approach_name(frame_.second));
                break;
            case Better::equal:
                out_.value("equal");
                break;
            case Better::neither:
                out_.null();
                break;
        }
    }

  private:
    const ContestFrame& frame_;
    JsonWriter out_;
};

}  // namespace

void write_tornado(const ContestFrame& frame, const std::vector<Axis>& axes, const BaseValues& base,
                   const Tornado& found, const TextSink& sink) {
    Writer writer(frame, "termwise-tornado/1", sink);
    JsonWriter& out = writer.out();
    out.key("base").begin_object();
    writer.contest(found.base);
    out.end_object().key("inputs").begin_list();
    for (const TornadoBar& bar : found.bars) {
        out.begin_object().field("pointer", axes[bar.axis].pointer);
        writer.text_or_null("base", base[bar.axis]);
        const auto end = [&](std::string_view name, const std::string& value, const Contest& contest) {
            out.key(name).begin_object().field("value", value);
            writer.contest(contest);
            out.end_object();
        };
        end("low", bar.low_value, bar.low);
        end("high", bar.high_value, bar.high);
        writer.money("swing", bar.swing);
        out.end_object();
    }
    out.end_list().end_object().finish();
}

void write_threshold(const ContestFrame& frame, const Axis& axis, const std::string& base,
                     const Threshold& found, const TextSink& sink) {
    Writer writer(frame, "termwise-threshold/1", sink);
    JsonWriter& out = writer.out();
    const ValueRange& range = *axis.values.only_range();
    out.field("pointer", axis.pointer);
    writer.text_or_null("base", base);
    out.field("from", range.at(0)).field("to", range.at(range.size() - 1)).field("unit", range.unit());
    out.field("every_value", found.everywhere).field("monotone", found.monotone);
    out.field("looked_at", found.seen.size()).key("changes").begin_list();
    for (const std::uint64_t change : found.changes) {
        out.begin_object();
        const auto neighbour = [&](std::string_view name, std::uint64_t at) {
            out.key(name).begin_object().field("value", range.at(at));
            writer.contest(found.seen.at(at));
            out.end_object();
        };
        neighbour("before", change - 1);
        neighbour("after", change);
        out.end_object();
    }
    out.end_list().end_object().finish();
}

}  // namespace termwise
