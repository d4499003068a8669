#include "formats/execution_writer.h"

#include "execution/instructions.h"
#include "formats/json_writer.h"

namespace termwise {

void write_status(const Assignment& work, const ExecutionStatus& status, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    const auto text = [&](std::string_view name, const std::string& value) {
        if (!value.empty()) out.field(name, std::string_view(value));
    };
    out.begin_object().field("format", "termwise-status/1").field("finished", status.finished);
    out.field("next_due", status.next_due);
    out.key("steps").begin_list();
    for (const StepStatus& own : status.steps) {
        const Step& step = work.graph.at(own.step);
        out.begin_object().field("step", std::string_view(step.id)).field("kind", step_kind_name(step.kind));
        out.field("customer", work.scenario.id(step.customer));
        if (!step.subscription.none()) out.field("subscription", work.scenario.id(step.subscription));
        out.field("due", step.due).field("actor", step.actor == Actor::person ? "person" : "api");
        out.field("standing", standing_name(own.standing));
        text("why", own.why);
        if (own.in_doubt) out.field("in_doubt", true);
        if (own.standing == StepStanding::person) text("instruction", instruction_text(work, step));
        out.end_object();
    }
    out.end_list().key("stops").begin_list();
    for (const CustomerStop& stop : status.stops) {
        out.begin_object().field("customer", work.scenario.id(stop.customer));
        text("step", stop.record.step_id);
        text("at", to_text(stop.record.at));
        text("why", stop.record.why);
        text("choices", stop.record.choices);
        text("drift", stop.record.drift);
        out.end_object();
    }
    out.end_list().key("warnings").begin_list();
    for (const JournalEntry& entry : status.warnings) {
        out.begin_object();
        text("at", to_text(entry.at));
        text("step", entry.step_id);
        out.field("why", field(entry.fields, "why"));
        out.end_object();
    }
    out.end_list().end_object();
    out.finish();
}

void write_journal(const Journal& journal, const TextSink& sink) {
    for (const JournalEntry& entry : journal.entries()) {
        JsonWriter out(JsonWriter::Layout::compact, sink);
        out.begin_object().field("format", "termwise-journal/1").field("number", entry.number);
        out.field("at", std::string_view(to_text(entry.at))).field("kind", entry_kind_name(entry.kind));
        if (!entry.step.empty()) {
            out.field("step", std::string_view(entry.step_id)).field("key", std::string_view(entry.step));
        }
        out.key("fields").begin_object();
        for (const auto& [name, value] : entry.fields) out.field(name, std::string_view(value));
        out.end_object();
        if (!entry.previous.empty()) out.field("previous", std::string_view(entry.previous));
        out.field("digest", std::string_view(entry.digest)).end_object();
        out.finish();
        sink("\n");
    }
}

}  // namespace termwise
