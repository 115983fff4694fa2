// The sentences of FindDecisionPath.
//
// Thread-safety: functions only.
#ifndef ATTLAS_SERVICES_COOPERATION_DECISION_WORDS_H_
#define ATTLAS_SERVICES_COOPERATION_DECISION_WORDS_H_

#include <string>

#include "attlas/cooperation/v1/cooperation_service.pb.h"

namespace attlas::cooperation {

// What joins the two agencies of a step, by its strongest link.
std::string ExplainStep(const v1::PathStep& step);

// A way, step by step.
std::string ExplainPath(const v1::DecisionPath& path);

// The whole of an answer: the best way, or why there is none.
std::string ExplainDecision(const v1::FindDecisionPathResponse& response);

}  // namespace attlas::cooperation

#endif  // ATTLAS_SERVICES_COOPERATION_DECISION_WORDS_H_
