package io.github.sbi4j.core.campaign;

/**
 * What the files of a campaign hold.
 *
 * @param rows the number of rows, failures among them
 * @param complete the number of rows before the first that is missing
 * @param failed the number of rows that gave nothing, or a value that is not finite
 * @param damaged the number of records that do not fit their checksums; their rows are simulated
 *     again
 * @param duplicates the number of records of rows that are there already; the first counts
 * @param files the number of files of rows and of failures
 */
public record CampaignStatus(
    int rows, int complete, int failed, int damaged, int duplicates, int files) {}
