/** Networks that turn an observation into features before an estimator sees it, trained jointly with it. */
@NullMarked
package io.github.sbi4j.flows.embedding;

import org.jspecify.annotations.NullMarked;
