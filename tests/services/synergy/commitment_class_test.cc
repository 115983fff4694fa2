#include "gtest/gtest.h"
#include "services/synergy/commitments.h"

namespace attlas::synergy {
namespace {

using namespace instruments::v1;  // NOLINT: the enumerations of the arithmetic.

TEST(CommitmentClassTest, SignatureIsNeverMoreThanVoluntary) {
  EXPECT_EQ(StrengthForState(STRENGTH_BINDING, PARTICIPATION_STATUS_SIGNATORY), STRENGTH_VOLUNTARY);
  EXPECT_EQ(StrengthForState(STRENGTH_POLITICAL, PARTICIPATION_STATUS_SIGNATORY),
            STRENGTH_VOLUNTARY);
  for (const ParticipationStatus status :
       {PARTICIPATION_STATUS_PARTY, PARTICIPATION_STATUS_CONSENTED, PARTICIPATION_STATUS_ENDORSER,
        PARTICIPATION_STATUS_ADDRESSED, PARTICIPATION_STATUS_COMMITTED_THROUGH}) {
    EXPECT_EQ(StrengthForState(STRENGTH_BINDING, status), STRENGTH_BINDING);
  }
}

TEST(CommitmentClassTest, ReachTowardsOneStateComesBeforeEverything) {
  for (const v1::GoodsRelation goods :
       {v1::GOODS_RELATION_SAME, v1::GOODS_RELATION_GENERAL, v1::GOODS_RELATION_OTHER}) {
    EXPECT_EQ(Classify(STRENGTH_BINDING, goods, REACH_ONE_STATE),
              v1::COMMITMENT_CLASS_ONE_STATE_REACH);
  }
}

TEST(CommitmentClassTest, StrengthTellsClassesApartForTheSameGoodsAlone) {
  EXPECT_EQ(Classify(STRENGTH_BINDING, v1::GOODS_RELATION_SAME, REACH_ALL_TRANSFERS),
            v1::COMMITMENT_CLASS_BINDING_SAME_GOODS);
  EXPECT_EQ(Classify(STRENGTH_POLITICAL, v1::GOODS_RELATION_SAME, REACH_ALL_TRANSFERS),
            v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS);
  EXPECT_EQ(Classify(STRENGTH_VOLUNTARY, v1::GOODS_RELATION_SAME, REACH_ALL_TRANSFERS),
            v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS);
  for (const Strength strength : {STRENGTH_BINDING, STRENGTH_POLITICAL, STRENGTH_VOLUNTARY}) {
    EXPECT_EQ(Classify(strength, v1::GOODS_RELATION_GENERAL, REACH_ALL_TRANSFERS),
              v1::COMMITMENT_CLASS_GENERAL);
    EXPECT_EQ(Classify(strength, v1::GOODS_RELATION_OTHER, REACH_ALL_TRANSFERS),
              v1::COMMITMENT_CLASS_OTHER_GOODS);
  }
}

}  // namespace
}  // namespace attlas::synergy
