package io.mealexpense.benchmarks.crud;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface ExpenseRepository extends JpaRepository<Expense, UUID> {}
