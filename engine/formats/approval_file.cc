#include "formats/approval_file.h"

#include <array>

#include "formats/json_reader.h"
#include "formats/json_shape.h"
#include "formats/json_writer.h"
#include "formats/locate.h"
#include "formats/sha256.h"
#include "formats/source.h"

namespace termwise {
namespace {

using enum Presence;

constexpr std::array<std::string_view, 1> kFormats{"termwise-approval/1"};

/// A count and its name in the file, in the file's order.
struct Count {
    std::string_view name;
    std::int64_t ApprovalSummary::*member;
};
constexpr std::array kCounts{Count{"customers", &ApprovalSummary::customers},
                             Count{"invitations", &ApprovalSummary::invitations},
                             Count{"purchases", &ApprovalSummary::purchases},
                             Count{"seats_bought", &ApprovalSummary::seats_bought},
                             Count{"users_reassigned", &ApprovalSummary::users_reassigned},
                             Count{"cancellations", &ApprovalSummary::cancellations},
                             Count{"lapses", &ApprovalSummary::lapses},
                             Count{"fallback_suspensions", &ApprovalSummary::fallback_suspensions},
                             Count{"steps_by_people", &ApprovalSummary::steps_by_people}};
/// Left out where they are 0: approvals were signed before there were any.
constexpr std::array kLaterCounts{Count{"migrations", &ApprovalSummary::migrations},
                                  Count{"seats_migrated", &ApprovalSummary::seats_migrated}};

void write(const Approval& a, bool with_signature, JsonWriter& out) {
    const auto text = [&](std::string_view name, const std::string& value) {
        out.field(name, std::string_view(value));
    };
    const auto file = [&](std::string_view name, const ApprovedFile& f) {
        out.key(name).begin_object();
        text("path", f.path);
        text("digest", f.digest);
        out.end_object();
    };
    out.begin_object().field("format", kFormats.front());
    file("scenario", a.scenario);
    file("plan", a.plan);
    file("binding", a.binding);
    text("partner_tenant", a.partner_tenant);
    text("approved_by", a.approved_by);
    text("why", a.why);
    text("approved_at", to_text(a.approved_at));
    text("valid_until", to_text(a.valid_until));
    if (!a.supersedes.empty()) text("supersedes", a.supersedes);
    out.key("summary").begin_object();
    for (const Count& count : kCounts) out.field(count.name, a.summary.*count.member);
    for (const Count& count : kLaterCounts)
        if (a.summary.*count.member != 0) out.field(count.name, a.summary.*count.member);
    out.field("first_day", a.summary.first_day).field("last_day", a.summary.last_day);
    text("new_charges", a.summary.new_charges);
    text("currency", a.summary.currency);
    out.end_object();
    text("key_id", a.key_id);
    if (with_signature) text("signature", a.signature);
    out.end_object();
    out.finish();
}

struct ApprovalSink {
    JsonReader& reader;
    Approval approval;

    Instant instant(std::string_view text) {
        const std::optional<Instant> read = parse_instant(text);
        if (!read) reader.mistake("M0.1", "expected a moment such as 2026-03-01T09:30:00Z");
        return read.value_or(Instant{});
    }
};

Approval& in(void* sink) { return static_cast<ApprovalSink*>(sink)->approval; }
Instant instant(void* sink, const Value& v) { return static_cast<ApprovalSink*>(sink)->instant(v.text); }

constexpr Scalar kFormat = scalars::one_of(kFormats, "\"termwise-approval/1\"", "M0.5");
constexpr Scalar kDigest{Kind::digest, "M0.6", "a digest, 64 hexadecimal digits in lower case"};
constexpr Scalar kCount{Kind::integer, "M1", "a count", 0, 2e9};

template <ApprovedFile Approval::*File>
constexpr std::array kFileFields{
    Field{"path", required, {scalars::kPath, [](void* s, const Value& v) { (in(s).*File).path = v.text; }}},
    Field{"digest", required, {kDigest, [](void* s, const Value& v) { (in(s).*File).digest = v.text; }}}};
template <ApprovedFile Approval::*File>
constexpr ObjectShape kFile("M0.5", kFileFields<File>);

template <std::size_t I>
constexpr Field kCountField{kCounts[I].name, required, {kCount, [](void* s, const Value& v) {
                                                            in(s).summary.*kCounts[I].member = v.integer;
                                                        }}};
template <std::size_t I>
constexpr Field kLaterCountField{kLaterCounts[I].name, optional, {kCount, [](void* s, const Value& v) {
                                                                      in(s).summary.*kLaterCounts[I].member =
                                                                          v.integer;
                                                                  }}};

constexpr std::array kSummaryFields{
    kCountField<0>,
    kCountField<1>,
    kCountField<2>,
    kCountField<3>,
    kCountField<4>,
    kCountField<5>,
    kCountField<6>,
    kCountField<7>,
    kCountField<8>,
    kLaterCountField<0>,
    kLaterCountField<1>,
    Field{"first_day",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { in(s).summary.first_day = v.day; }}},
    Field{"last_day",
          optional,
          {scalars::kDay, [](void* s, const Value& v) { in(s).summary.last_day = v.day; }}},
    Field{"new_charges",
          required,
          {scalars::kName, [](void* s, const Value& v) { in(s).summary.new_charges = v.text; }}},
    Field{"currency", required, {scalars::kCurrency, [](void* s, const Value& v) {
                                     in(s).summary.currency = v.text;
                                 }}}};
constexpr ObjectShape kSummary("M0.5", kSummaryFields);

constexpr std::array kFields{
    Field{"format", required, {kFormat, [](void*, const Value&) {}}},
    Field{"scenario", required, kFile<&Approval::scenario>},
    Field{"plan", required, kFile<&Approval::plan>},
    Field{"binding", required, kFile<&Approval::binding>},
    Field{"partner_tenant",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).partner_tenant = v.text; }}},
    Field{"approved_by",
          required,
          {scalars::kName, [](void* s, const Value& v) { in(s).approved_by = v.text; }}},
    Field{"why", required, {scalars::kName, [](void* s, const Value& v) { in(s).why = v.text; }}},
    Field{"approved_at",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).approved_at = instant(s, v); }}},
    Field{"valid_until",
          required,
          {scalars::kId, [](void* s, const Value& v) { in(s).valid_until = instant(s, v); }}},
    Field{"supersedes", optional, {kDigest, [](void* s, const Value& v) { in(s).supersedes = v.text; }}},
    Field{"summary", required, kSummary},
    Field{"key_id", required, {scalars::kId, [](void* s, const Value& v) { in(s).key_id = v.text; }}},
    Field{"signature", required, {scalars::kId, [](void* s, const Value& v) { in(s).signature = v.text; }}}};
constexpr ObjectShape kApproval("M0.5", kFields);

}  // namespace

std::string signed_text(const Approval& approval) {
    std::string text;
    JsonWriter out(JsonWriter::Layout::compact, [&](std::string_view part) { text += part; });
    write(approval, false, out);
    return text;
}

void write_approval(const Approval& approval, const TextSink& sink) {
    JsonWriter out(JsonWriter::Layout::indented, sink);
    write(approval, true, out);
}

std::string digest_of(const Approval& approval) {
    Sha256 digest;
    write_approval(approval, [&](std::string_view part) { digest.add(part); });
    return digest.hex();
}

std::optional<Approval> read_approval(const std::string& path, Diagnostics& diagnostics) {
    const std::optional<std::string> bytes = Source::bytes_of(path, diagnostics);
    if (!bytes) return std::nullopt;
    std::optional<Approval> approval;
    Source source = Source::of_text(*bytes, path);
    JsonReader reader(source, diagnostics);
    ApprovalSink sink{reader, {}};
    if (reader.read(kApproval, &sink) == ReadOutcome::good) approval = std::move(sink.approval);
    locate_in(*bytes, path, diagnostics);
    diagnostics.sort();
    std::string written;
    if (approval) write_approval(*approval, [&](std::string_view part) { written += part; });
    if (approval && *bytes != written) {
        Place place;
        place.file = path;
        diagnostics.error(
            "M0.5", std::move(place),
            "this approval was changed after it was written: it is not as approve wrote it, byte for byte");
        approval.reset();
    }
    return approval;
}

}  // namespace termwise
