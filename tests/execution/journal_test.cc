// The journal's entries (design 6.9): numbered, chained, and such that no two share a digest's text.
#include "execution/journal.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "support/dice.h"
#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// Opens what is protected, to be asked about any entries.
class Chain : public MemoryJournal {
  public:
    Chain() : MemoryJournal(sha256) {}
    using Journal::problem_with_chain;
};

Chain three_entries() {
    Chain journal;
    journal.add(at("2026-03-01T09:30:00Z"), EntryKind::opened, "", "", {{"tenant", guid(999)}});
    journal.add(at("2026-03-01T09:30:01Z"), EntryKind::intent, "cancel/t/s", "contoso/cancel/s",
                {{"operation", "cancel"}});
    journal.add(at("2026-03-01T09:30:02Z"), EntryKind::answer, "cancel/t/s", "contoso/cancel/s",
                {{"operation", "cancel"}, {"class", "ok"}});
    return journal;
}

TEST(Journal, NumbersAndChainsWhatIsAdded) {
    const Chain journal = three_entries();
    const auto& entries = journal.entries();
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[0].number, 1);
    EXPECT_EQ(entries[0].previous, "");
    EXPECT_EQ(entries[2].number, 3);
    EXPECT_EQ(entries[2].previous, entries[1].digest);
    EXPECT_EQ(entries[2].digest, sha256(digested_text(entries[2])));
    EXPECT_EQ(journal.problem_with_chain(entries), "");
}

TEST(Journal, SaysWhichEntryWasTamperedWith) {
    const Chain journal = three_entries();
    const auto problem_after = [&](auto change) {
        std::vector<JournalEntry> entries = journal.entries();
        change(entries);
        return journal.problem_with_chain(entries);
    };
    EXPECT_EQ(problem_after([](auto& e) { e[1].fields[0].second = "suspend"; }),
              "entry 2 was changed after it was written (2026-03-01T09:30:01Z of contoso/cancel/s)");
    EXPECT_EQ(problem_after([](auto& e) { e.erase(e.begin() + 1); }), "entry 2 is missing: after 1 comes 3");
    EXPECT_EQ(problem_after([](auto& e) {
                  e.erase(e.begin());
                  e[0].number = 1;
                  e[1].number = 2;
              }),
              "the first entry follows another one: the beginning is missing");
    EXPECT_EQ(problem_after([](auto& e) {  // a new digest for one entry does not suit the next
                  e[1].step_id = "fabrikam/cancel/s";
                  e[1].digest = sha256(digested_text(e[1]));
              }),
              "entry 3 does not follow entry 2: one of them was changed");
}

TEST(Journal, EveryFieldOfAnEntryCounts) {
    const Chain journal = three_entries();
    using Change = std::function<void(JournalEntry&)>;
    for (const Change& change :
         {Change([](auto& e) { e.at = e.at + 1; }), Change([](auto& e) { e.kind = EntryKind::answer; }),
          Change([](auto& e) { e.step += "x"; }), Change([](auto& e) { e.step_id += "x"; }),
          Change([](auto& e) { e.fields.clear(); }), Change([](auto& e) { e.fields[0].first = "op"; }),
          Change([](auto& e) { e.fields.push_back(e.fields[0]); }),
          Change([](auto& e) { e.previous[5] ^= 1; }), Change([](auto& e) { e.digest[0] ^= 1; })}) {
        std::vector<JournalEntry> entries = journal.entries();
        change(entries[1]);
        EXPECT_NE(journal.problem_with_chain(entries), "");
    }
}

TEST(EntryKind, NamesThemAll) {
    std::set<std::string_view> names;
    for (int i = 0; i < kEntryKinds; ++i) {
        const auto kind = static_cast<EntryKind>(i);
        names.insert(entry_kind_name(kind));
        EXPECT_EQ(entry_kind_of(entry_kind_name(kind)), kind);
    }
    EXPECT_EQ(names.size(), std::size_t{kEntryKinds});
    EXPECT_EQ(entry_kind_of("Opened"), std::nullopt);
}

std::string any_text() {
    return dice::chance(50)
               ? *rc::gen::container<std::string>(rc::gen::elementOf(std::string("a\\n\n\r=1 /")))
               : *rc::gen::arbitrary<std::string>();
}

Fields any_fields() {
    Fields fields;
    for (int i = dice::roll(0, 3); i > 0; --i)
        fields.emplace_back(dice::pick<std::string>({"why", "class", "licence:7", "a-b"}), any_text());
    return fields;
}

RC_GTEST_PROP(FieldsProperty, ComeBackAsTheyWere, ()) {
    const Fields fields = any_fields();
    RC_ASSERT(parse_fields(fields_text(fields)) == fields);
}

RC_GTEST_PROP(JournalProperty, NoTwoEntriesShareATextToDigest, ()) {
    const auto any_entry = [] {
        JournalEntry entry;
        entry.number = dice::roll(1, 11);
        entry.at = Instant{dice::roll(0, 2)};
        entry.kind = static_cast<EntryKind>(dice::roll(0, kEntryKinds - 1));
        entry.step = any_text();
        entry.step_id = any_text();
        entry.fields = any_fields();
        entry.previous = dice::pick<std::string>({"", "0a", "0b"});
        return entry;
    };
    const JournalEntry a = any_entry();
    JournalEntry b = dice::chance(30) ? any_entry() : a;
    if (dice::chance(50)) {  // moves a piece over the border of two texts
        const std::string both = a.step + a.step_id;
        const auto cut = static_cast<std::size_t>(dice::roll(0, static_cast<std::int32_t>(both.size())));
        b.step = both.substr(0, cut);
        b.step_id = both.substr(cut);
    }
    RC_ASSERT((a == b) == (digested_text(a) == digested_text(b)));
}

}  // namespace
}  // namespace termwise
