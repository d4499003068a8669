#include "execution/progress.h"

#include <algorithm>

#include "execution/remote.h"

namespace termwise {
namespace {

void set_field(Fields& fields, const std::string& name, const std::string& value) {
    for (auto& [key, old] : fields)
        if (key == name) {
            old = value;
            return;
        }
    fields.emplace_back(name, value);
}

/// Fields of an entry that tell how a call went, and not what was learnt from it.
[[nodiscard]] bool is_about_the_call(std::string_view name) {
    return name == "operation" || name == "request_id" || name == "correlation_id" ||
           name == "second_correlation_id" || name == "class" || name == "http_status" || name == "code" ||
           name == "text";
}

}  // namespace

std::string_view tenant_in(std::string_view key) {
    const std::size_t slash = key.find('/');
    if (slash == std::string_view::npos) return {};
    const std::string_view rest = key.substr(slash + 1);
    return rest.substr(0, rest.find('/'));
}

void Progress::catch_up(const Journal& journal) {
    for (const std::vector<JournalEntry>& entries = journal.entries(); taken_ < entries.size(); ++taken_)
        take(entries[taken_]);
}

void Progress::take(const JournalEntry& entry) {
    if (entry.kind == EntryKind::approved) {
        approval_ = entry.fields;
        ++approvals_;
        stops_.clear();  // a new approval is a person's answer to every stop
        return;
    }
    if (entry.step.empty()) return;
    const auto [at, is_new] = steps_.try_emplace(entry.step);
    StepRecord& step = at->second;
    if (is_new) step.first_tried = entry.at;
    const std::string tenant(tenant_in(entry.step));
    const std::string operation(field(entry.fields, "operation"));
    switch (entry.kind) {
        case EntryKind::intent: {
            Doubt doubt{entry.at, operation, std::string(field(entry.fields, "request_id")), entry.fields};
            doubt.is_repeated = step.doubts.contains(operation);
            step.doubts[operation] = std::move(doubt);
            break;
        }
        case EntryKind::answer:
            if (const auto doubt = step.doubts.find(operation); doubt != step.doubts.end()) {
                const std::string_view answer = field(entry.fields, "class");
                const bool is_settled = answer == reply_class_name(ReplyClass::ok) || answer == "found";
                // A checkout that is refused leaves open what an earlier one bought, which may not be listed
                // yet (reference 3.8); everything else can be read back at once.
                const bool is_open = answer == reply_class_name(ReplyClass::transient) ||
                                     (doubt->second.is_repeated && operation == "checkout");
                if (is_settled || !is_open)
                    step.doubts.erase(doubt);
                else
                    doubt->second.was_answered = true;
            }
            for (const auto& [name, value] : entry.fields)
                if (!is_about_the_call(name)) set_field(step.learnt, name, value);
            break;
        case EntryKind::learnt:
            for (const auto& [name, value] : entry.fields) set_field(step.learnt, name, value);
            break;
        case EntryKind::waiting:
            if (!step.finished()) step.state = StepRecord::State::waiting;
            step.why = field(entry.fields, "why");
            break;
        case EntryKind::done:
            step.state = StepRecord::State::done;
            step.why.clear();
            break;
        case EntryKind::skipped:
            step.state = StepRecord::State::skipped;
            step.why = field(entry.fields, "why");
            break;
        case EntryKind::stopped:
            stops_[tenant] = {entry.at,
                              entry.step,
                              entry.step_id,
                              std::string(field(entry.fields, "why")),
                              std::string(field(entry.fields, "choices")),
                              std::string(field(entry.fields, "drift"))};
            break;
        case EntryKind::confirmed:
            if (const std::string_view drift = field(entry.fields, "accepts"); !drift.empty())
                accepted_[tenant].emplace_back(drift);
            stops_.erase(tenant);
            step.first_tried = entry.at;  // a person has looked: waiting begins anew
            ++step.confirmed;
            if (field(entry.fields, "step") == "done") step.state = StepRecord::State::done;
            break;
        case EntryKind::opened:
        case EntryKind::approved:
        case EntryKind::warned:
            break;
    }
}

const StepRecord& Progress::of(std::string_view key) const {
    static const StepRecord kNothing;
    const auto found = steps_.find(key);
    return found == steps_.end() ? kNothing : found->second;
}

const StopRecord* Progress::stop_of(std::string_view tenant) const {
    const auto found = stops_.find(tenant);
    return found == stops_.end() ? nullptr : &found->second;
}

bool Progress::is_accepted(std::string_view tenant, std::string_view drift) const {
    const auto found = accepted_.find(tenant);
    return found != accepted_.end() && std::ranges::find(found->second, drift) != found->second.end();
}

}  // namespace termwise
