/** Named tables of draws and their summaries. */
@NullMarked
package io.github.sbi4j.core.sample;

import org.jspecify.annotations.NullMarked;
