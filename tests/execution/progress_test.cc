// What a journal says about each step: a fold over its entries.
#include "execution/progress.h"

#include <gtest/gtest.h>

#include "support/rehearsal.h"

namespace termwise {
namespace {

using namespace test;

/// A journal of one step, said in few words.
struct Story {
    MemoryJournal journal{sha256};
    std::string key = "provision/" + guid(1) + "/" + guid(101);
    std::int64_t seconds = 0;

    void add(EntryKind kind, Fields fields = {}) {
        journal.add(at("2026-03-25T12:00:00Z") + ++seconds, kind, key, "contoso/provision/contoso-e3",
                    std::move(fields));
    }
    void meant(const std::string& operation, const std::string& request) {
        add(EntryKind::intent, {{"operation", operation}, {"request_id", request}});
    }
    void answered(const std::string& operation, std::string_view reply_class, Fields learnt = {}) {
        Fields fields{{"operation", operation}, {"class", std::string(reply_class)}, {"http_status", "200"}};
        fields.insert(fields.end(), learnt.begin(), learnt.end());
        add(EntryKind::answer, std::move(fields));
    }
    [[nodiscard]] StepRecord record() const { return Progress(journal).of(key); }
};

TEST(Progress, AnIntentIsADoubtUntilItIsAnswered) {
    Story story;
    story.meant("suspend", "r1");
    ASSERT_EQ(story.record().doubts.count("suspend"), 1U);
    EXPECT_EQ(story.record().doubts.at("suspend").request_id, "r1");
    story.answered("suspend", "transient");  // it may have happened, and the id is used up
    EXPECT_TRUE(story.record().doubts.at("suspend").was_answered);
    story.meant("suspend", "r2");
    EXPECT_EQ(story.record().doubts.at("suspend").request_id, "r2");
    EXPECT_FALSE(story.record().doubts.at("suspend").was_answered);
    story.answered("suspend", "ok", {{"status", "suspended"}});
    EXPECT_TRUE(story.record().doubts.empty());
    EXPECT_EQ(field(story.record().learnt, "status"), "suspended");
    EXPECT_EQ(field(story.record().learnt, "class"), "");  // how a call went is not learnt from it
}

TEST(Progress, ARefusalSettlesItsOwnAttemptOnly) {  // reference 3.8: what was bought is listed late
    Story story;
    story.meant("checkout", "r1");
    story.answered("checkout", "re-resolve");
    EXPECT_TRUE(story.record().doubts.empty());
    story.meant("checkout", "r2");  // of this nobody hears
    story.meant("checkout", "r2");
    story.answered("checkout", "re-resolve");
    EXPECT_EQ(story.record().doubts.count("checkout"), 1U);
    story.answered("checkout", "found", {{"order_id", "o"}});
    EXPECT_TRUE(story.record().doubts.empty());
}

TEST(Progress, ADoubtIsAsOldAsItsLastAttempt) {
    Story story;
    story.meant("checkout", "r1");
    story.seconds += 3'600;
    story.meant("checkout", "r1");
    EXPECT_EQ(story.record().doubts.at("checkout").at, at("2026-03-25T13:00:02Z"));
}

TEST(Progress, KnowsTheStateOfAStep) {
    Story story;
    EXPECT_EQ(story.record().state, StepRecord::State::open);
    story.add(EntryKind::waiting, {{"why", "not yet"}});
    EXPECT_EQ(story.record().state, StepRecord::State::waiting);
    EXPECT_EQ(story.record().why, "not yet");
    story.add(EntryKind::done);
    EXPECT_TRUE(story.record().finished());
    EXPECT_EQ(story.record().first_tried, at("2026-03-25T12:00:01Z"));
}

TEST(Progress, StopsLastUntilAPersonSaysSo) {
    Story story;
    story.add(EntryKind::stopped, {{"why", "seats"}, {"choices", "plan again"}, {"drift", "10 is 12"}});
    EXPECT_EQ(Progress(story.journal).stop_of(guid(1))->why, "seats");
    EXPECT_EQ(Progress(story.journal).stop_of(guid(2)), nullptr);
    story.add(EntryKind::confirmed, {{"by", "ann"}, {"accepts", "10 is 12"}});
    EXPECT_EQ(Progress(story.journal).stop_of(guid(1)), nullptr);
    EXPECT_TRUE(Progress(story.journal).is_accepted(guid(1), "10 is 12"));
    EXPECT_FALSE(Progress(story.journal).is_accepted(guid(1), "10 is 13"));
    EXPECT_FALSE(Progress(story.journal).is_accepted(guid(2), "10 is 12"));
    story.add(EntryKind::stopped, {{"why", "again"}});
    story.journal.add(at("2026-03-26T00:00:00Z"), EntryKind::approved, "", "", {{"by", "ann"}});
    EXPECT_EQ(Progress(story.journal).stop_of(guid(1)), nullptr);
    EXPECT_EQ(field(Progress(story.journal).approval(), "by"), "ann");
}

TEST(Progress, CatchingUpIsTheSameAsReadingItAll) {
    Rehearsal r;
    r.start();
    Progress in_pieces(r.journal);
    for (const char* on : {"2026-03-02", "2026-03-25", "2026-03-31"}) {
        r.run_on(on);
        in_pieces.catch_up(r.journal);
    }
    const Progress whole(r.journal);
    ASSERT_EQ(in_pieces.steps().size(), whole.steps().size());
    for (const auto& [key, record] : whole.steps()) {
        EXPECT_EQ(in_pieces.of(key).state, record.state);
        EXPECT_EQ(in_pieces.of(key).learnt, record.learnt);
    }
}

TEST(Progress, FindsTheTenantInAKey) {
    EXPECT_EQ(tenant_in("provision/t/s"), "t");
    EXPECT_EQ(tenant_in("agreement/t"), "t");
    EXPECT_EQ(tenant_in("nothing"), "");
}

}  // namespace
}  // namespace termwise
