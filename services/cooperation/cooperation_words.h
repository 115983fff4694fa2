// The sentences of FindCooperation.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_COOPERATION_COOPERATION_WORDS_H_
#define ATTLAS_SERVICES_COOPERATION_COOPERATION_WORDS_H_

#include <string>
#include <string_view>

#include "attlas/cooperation/v1/cooperation_service.pb.h"

namespace attlas::cooperation {

// What an agency does under which instruments.
std::string ExplainAgency(const v1::AgencyCooperation& agency);

// Who meets under an instrument, which comes with its article, such as `the ATT`.
std::string ExplainMeeting(std::string_view instrument, const v1::MeetingInstrument& meeting);

// Whom a body joins.
std::string ExplainBody(const v1::CoordinatingBody& body);

// The whole of an answer.
std::string ExplainCooperation(const v1::FindCooperationResponse& response);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_COOPERATION_WORDS_H_
