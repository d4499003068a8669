// Approvals as files: written in one way, and refused when they differ from that by a byte (design 6.2).
#include "formats/approval_file.h"

#include <gtest/gtest.h>

#include "formats/reading.h"
#include "formats/sha256.h"
#include "formats/source.h"
#include "support/drafts.h"
#include "support/scratch.h"

namespace termwise {
namespace {

using namespace test;

Approval some_approval() {
    Approval a;
    a.scenario = {"s.json", std::string(64, 'a')};
    a.plan = {"p.json", std::string(64, 'b')};
    a.binding = {"b.json", std::string(64, 'c')};
    a.partner_tenant = "00000000-0000-4000-8000-000000000999";
    a.approved_by = "Ann \"A\" \xC3\xA9";
    a.why = "the plan of March";
    a.approved_at = parse_instant("2026-03-01T09:30:00Z").value();
    a.valid_until = parse_instant("2026-05-01T00:00:00Z").value();
    a.supersedes = std::string(64, 'd');
    a.summary.customers = 3;
    a.summary.cancellations = 2;
    a.summary.first_day = day("2026-03-02");
    a.summary.last_day = day("2026-04-01");
    a.summary.new_charges = "1234.50";
    a.summary.currency = "USD";
    a.key_id = "0123456789abcdef";
    a.signature = "c2lnbmVk";
    return a;
}

std::string text_of(const Approval& approval) {
    std::string text;
    write_approval(approval, [&](std::string_view part) { text += part; });
    return text;
}

std::optional<Approval> read(const Scratch& scratch, const std::string& text) {
    Diagnostics diagnostics;
    auto approval = read_approval(scratch.write("approval.json", text), diagnostics);
    EXPECT_EQ(approval.has_value(), diagnostics.all().empty());  // refused means told why
    return approval;
}

TEST(ApprovalFile, ComesBackAsItWasWritten) {
    const Scratch scratch;
    Approval approval = some_approval();
    EXPECT_EQ(read(scratch, text_of(approval)), approval);
    Diagnostics none;
    Sha256 digest;
    digest.add(Source::bytes_of(scratch.path("approval.json"), none).value());
    EXPECT_EQ(digest_of(approval), digest.hex());
    approval.supersedes.clear();
    EXPECT_EQ(read(scratch, text_of(approval)), approval);
}

TEST(ApprovalFile, AnyOtherByteIsRefusedOrSaysSomethingElse) {
    const Scratch scratch;
    const Approval approval = some_approval();
    const std::string text = text_of(approval);
    for (std::size_t i = 0; i < text.size(); i += 7) {
        const char other = text[i] == '0' ? '1' : '0';
        std::string changed = text;
        changed[i] = other;
        const auto seen = read(scratch, changed);
        // What is still an approval is not the one that was signed.
        if (!seen) continue;
        EXPECT_NE(digest_of(*seen), digest_of(approval)) << i;
        EXPECT_TRUE(signed_text(*seen) != signed_text(approval) || seen->signature != approval.signature)
            << i;
    }
}

TEST(ApprovalFile, TheSameSaidOtherwiseIsRefused) {
    const Scratch scratch;
    const std::string text = text_of(some_approval());
    for (const std::string& changed :
         {text + "\n", " " + text, "\xEF\xBB\xBF" + text, text.substr(0, text.size() - 1)})
        EXPECT_FALSE(read(scratch, changed).has_value());
}

TEST(ApprovalFile, TheSignatureIsOfEverythingButItself) {
    const Approval approval = some_approval();
    Approval signed_again = approval;
    signed_again.signature = "b3RoZXI=";
    EXPECT_EQ(signed_text(signed_again), signed_text(approval));
    const auto differs = [&](auto change) {
        Approval other = approval;
        change(other);
        return signed_text(other) != signed_text(approval);
    };
    EXPECT_TRUE(differs([](Approval& a) { a.scenario.digest[0] = 'f'; }));
    EXPECT_TRUE(differs([](Approval& a) { a.plan.digest[0] = 'f'; }));
    EXPECT_TRUE(differs([](Approval& a) { a.binding.digest[0] = 'f'; }));
    EXPECT_TRUE(differs([](Approval& a) { a.partner_tenant += "0"; }));
    EXPECT_TRUE(differs([](Approval& a) { a.approved_by += "!"; }));
    EXPECT_TRUE(differs([](Approval& a) { a.why.clear(); }));
    EXPECT_TRUE(differs([](Approval& a) { a.valid_until = a.valid_until + 1; }));
    EXPECT_TRUE(differs([](Approval& a) { a.approved_at = a.approved_at + 1; }));
    EXPECT_TRUE(differs([](Approval& a) { a.supersedes.clear(); }));
    EXPECT_TRUE(differs([](Approval& a) { a.key_id[0] = 'f'; }));
    EXPECT_TRUE(differs([](Approval& a) { ++a.summary.cancellations; }));
    EXPECT_TRUE(differs([](Approval& a) { ++a.summary.migrations; }));
    EXPECT_TRUE(differs([](Approval& a) { a.summary.new_charges = "0.00"; }));
}

}  // namespace
}  // namespace termwise
