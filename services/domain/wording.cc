#include "services/domain/wording.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "graph/base/strings.h"

namespace attlas::domain {

std::string JoinList(std::span<const std::string> items) {
  std::string joined;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) joined += i + 1 == items.size() ? " and " : ", ";
    joined += items[i];
  }
  return joined;
}

std::string LowerFirst(std::string_view text) {
  std::string result(text);
  const bool abbreviation =
      result.size() > 1 && absl::ascii_isupper(static_cast<unsigned char>(result[1]));
  if (!result.empty() && !abbreviation) {
    result[0] = absl::ascii_tolower(static_cast<unsigned char>(result[0]));
  }
  return result;
}

std::string Count(int count, std::string_view singular) {
  return absl::StrCat(count, " ", graph::ToAbsl(singular), count == 1 ? "" : "s");
}

void AppendCount(size_t count, std::string_view singular, services::WireWriter* writer) {
  writer->AppendDecimal(count);
  writer->Append({" ", singular, count == 1 ? "" : "s"});
}

std::string_view StatusPhrase(instruments::v1::ParticipationStatus status) {
  switch (status) {
    case instruments::v1::PARTICIPATION_STATUS_PARTY:
      return "is a party to";
    case instruments::v1::PARTICIPATION_STATUS_CONSENTED:
      return "has consented to, and does not yet have in force,";
    case instruments::v1::PARTICIPATION_STATUS_SIGNATORY:
      return "has signed";
    case instruments::v1::PARTICIPATION_STATUS_ENDORSER:
      return "has endorsed";
    case instruments::v1::PARTICIPATION_STATUS_ADDRESSED:
      return "is addressed by";
    case instruments::v1::PARTICIPATION_STATUS_COMMITTED_THROUGH:
      return "is committed through an organization by";
    case instruments::v1::PARTICIPATION_STATUS_WITHDRAWN:
      return "has left";
    case instruments::v1::PARTICIPATION_STATUS_OUTSIDE:
      return "takes no part in";
    default:
      return "is not known to take part in";
  }
}

std::string_view StrengthWord(instruments::v1::Strength strength) {
  switch (strength) {
    case instruments::v1::STRENGTH_BINDING:
      return "binding";
    case instruments::v1::STRENGTH_POLITICAL:
      return "political";
    case instruments::v1::STRENGTH_VOLUNTARY:
      return "voluntary";
    default:
      return "of unknown strength";
  }
}

std::string_view ClassPhrase(synergy::v1::CommitmentClass commitment_class) {
  switch (commitment_class) {
    case synergy::v1::COMMITMENT_CLASS_BINDING_SAME_GOODS:
      return "binding for the same goods";
    case synergy::v1::COMMITMENT_CLASS_POLITICAL_SAME_GOODS:
      return "political for the same goods";
    case synergy::v1::COMMITMENT_CLASS_VOLUNTARY_SAME_GOODS:
      return "voluntary or only signed for the same goods";
    case synergy::v1::COMMITMENT_CLASS_ONE_STATE_REACH:
      return "towards one state only";
    case synergy::v1::COMMITMENT_CLASS_GENERAL:
      return "general, not about goods";
    case synergy::v1::COMMITMENT_CLASS_OTHER_GOODS:
      return "for other goods";
    default:
      return "new";
  }
}

}  // namespace attlas::domain
