// What is erased from a space is gone: by its retention, or with the space.
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/services/engagement/space_fixture.h"

namespace attlas::engagement {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

using SpaceErasureTest = SpaceTest;

TEST_F(SpaceErasureTest, WhatIsOlderThanItsSpaceKeepsItIsErased) {
  const std::string space = Make();
  const v1::PostToSpaceResponse posted = Post(Words(space));
  const absl::Time now = absl::Now();
  ASSERT_OK(keeper_->Sweep(now + absl::Hours(29 * 24)));
  EXPECT_EQ(Notes(As(kBen), space)->notes_size(), 1);
  ASSERT_TRUE(FilesHold(posted.name()));
  ASSERT_OK(keeper_->Sweep(now + absl::Hours(31 * 24)));
  EXPECT_EQ(Notes(As(kBen), space)->notes_size(), 0);
  EXPECT_FALSE(FilesHold(posted.name()));
  // The space itself is open, and goes on.
  Post(Words(space, "Later"));
  EXPECT_EQ(Notes(As(kBen), space)->notes_size(), 1);
  ASSERT_OK(Close(As(kAna), space));
  ASSERT_OK(keeper_->Sweep(absl::Now() + absl::Hours(33 * 24)));
  EXPECT_THAT(Notes(As(kBen), space).status(), StatusIs(absl::StatusCode::kNotFound));
  v1::GetSpaceRequest get;
  get.set_name(space);
  ASSERT_OK_AND_ASSIGN(const auto left, queries_->GetSpace(Operator(), get));
  EXPECT_EQ(left.space().state(), v1::SPACE_STATE_ERASED);
  EXPECT_EQ(left.space().purpose(), "");
  EXPECT_OK(graph_->Verify());
}

TEST_F(SpaceErasureTest, AnErasedSpaceIsGoneFromHistoryFilesAndCopies) {
  const std::string space = Make();
  const uint64_t made = graph_->LatestRevision();
  v1::PostToSpaceRequest request = Words(space, absl::StrCat(kSecret, " one"));
  request.add_topics("instruments/att");
  const std::string note = Post(request).name();
  const uint64_t posted = graph_->LatestRevision();
  ASSERT_TRUE(FilesHold(kSecret));
  ASSERT_OK_AND_ASSIGN(const auto erased, Close(As(kAna), space, /*erase=*/true));
  EXPECT_EQ(erased.space().state(), v1::SPACE_STATE_ERASED);
  // The note, its source, what it is about, and that it was posted.
  EXPECT_EQ(erased.erased_count(), 4);
  EXPECT_FALSE(FilesHold(kSecret));
  EXPECT_FALSE(FilesHold("ben-zq8speaker"));
  ASSERT_OK(graph_->Checkpoint(directory_.file("copy")));
  // In no revision, for nobody.
  for (const uint64_t revision : {made, posted, graph_->LatestRevision()}) {
    gv1::ExportRequest past;
    past.mutable_read()->set_at_revision(graph_->RevisionToken(revision));
    std::string all;
    ASSERT_OK(local_->Export(Operator(), past, [&](gv1::ExportResponse&& batch) {
      all += batch.ShortDebugString();
      return true;
    }));
    EXPECT_THAT(all, Not(HasSubstr(kSecret)));
    EXPECT_THAT(all, Not(HasSubstr("ben-zq8speaker")));
    EXPECT_THAT(all, Not(HasSubstr(note)));
  }
  EXPECT_THAT(NodeAs(Operator(), note).status(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(Notes(As(kAna), space).status(), StatusIs(absl::StatusCode::kNotFound));
  // A tombstone is left to whoever is a member of every space.
  v1::GetSpaceRequest get;
  get.set_name(space);
  ASSERT_OK_AND_ASSIGN(const auto left, queries_->GetSpace(Operator(), get));
  EXPECT_TRUE(left.space().has_erase_date());
  EXPECT_EQ(left.space().display_name(), "");
  EXPECT_EQ(ReasonOf(queries_->PostToSpace(Operator(), Words(space)).status()), "SPACE_CLOSED");
  EXPECT_OK(graph_->Verify());
}

}  // namespace
}  // namespace attlas::engagement
