// The plain words of answers: lists, names, statuses.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_DOMAIN_WORDING_H_
#define ATTLAS_SERVICES_DOMAIN_WORDING_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "attlas/instruments/v1/instrument.pb.h"
#include "attlas/instruments/v1/status.pb.h"
#include "attlas/synergy/v1/commitment.pb.h"
#include "services/common/wire_writer.h"

namespace attlas::domain {

// `a, b and c`.
std::string JoinList(std::span<const std::string> items);

// The text with a small first letter, unless its first word is an abbreviation.
std::string LowerFirst(std::string_view text);

// `1 theme`, `2 themes`; as a part of a text that is written.
std::string Count(int count, std::string_view singular);
void AppendCount(size_t count, std::string_view singular, services::WireWriter* writer);

// How a state stands towards an instrument, up to the instrument's name: `is a party to`.
std::string_view StatusPhrase(instruments::v1::ParticipationStatus status);

// `binding`, `political`, `voluntary`.
std::string_view StrengthWord(instruments::v1::Strength strength);

// `binding for the same goods`, …, `new`.
std::string_view ClassPhrase(synergy::v1::CommitmentClass commitment_class);

}  // namespace attlas::domain

#endif  // ATTLAS_SERVICES_DOMAIN_WORDING_H_
